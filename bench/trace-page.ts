/**
 * The page of a trace while somebody pans it: time between pictures over 60 moves, and memory of the page after 200
 * pans, in Chromium without a GPU, on a trace of examples/order-service that is recorded here and now while some 8,000
 * goroutines queue. Beside it: the same page left alone. Needs `npm run build` and a Go toolchain.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { startBuiltServer } from '../tests/support/built-server';
import { median, quantile, startBrowser } from './page-browser';

const moves = 60;
const rounds = 5;
const pans = 200;
/** Orders a second; the lock is held for 2.3 s. */
const ordersPerSecond = 3_500;

const folder = mkdtempSync(join(tmpdir(), 'lockscope-bench-trace-page-'));
try {
  if (spawnSync('go', ['version']).status === 0) await main();
  else console.log('skipped: no Go toolchain here, and the trace is made with one');
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function main(): Promise<void> {
  const trace = await recordOrders();
  const server = await startBuiltServer({ LOCKSCOPE_DATA: join(folder, 'data') });
  const browser = await startBrowser();
  try {
    const { path, goroutines, events } = await upload(server.url, trace);
    const page = await browser.newPage({ viewport: { width: 1440, height: 936 } });
    await page.goto(server.url + path, { waitUntil: 'load' });
    await page.waitForTimeout(1_500);
    const queue = await page.locator('.facts .loud').textContent();
    console.log(`${goroutines} goroutines, ${events} events, ${trace.length} bytes; ${queue?.trim()}.\n`);
    // Nearer, so that a pan needs tiles that are not there yet.
    for (let key = 0; key < 3; key++) await page.keyboard.press('w');
    await page.waitForTimeout(1_000);
    const still: number[][] = [];
    const panned: number[][] = [];
    let tiles = 0;
    page.on('request', (request) => {
      if (request.url().includes('/tile?')) tiles++;
    });
    for (let round = 0; round < rounds; round++) {
      still.push(await timeFrames(page, 0));
      panned.push(await timeFrames(page, round % 2 === 0 ? 9 : -9));
      await page.waitForTimeout(500);
    }
    const tilesOfPans = tiles;
    const before = await heapMb(page);
    for (let pan = 0; pan < pans; pan++) await panOnce(page, pan % 2 === 0 ? -160 : 160);
    await page.waitForTimeout(500);
    const after = await heapMb(page);
    console.log(
      `| trace page, median of ${rounds} | median ms between pictures | P95 ms | longest ms | tiles asked for in all |\n|---|---|---|---|---|`,
    );
    for (const [name, frames, asked] of [
      [`panned, ${moves} moves of 9 px`, panned, tilesOfPans],
      ['left alone', still, 0],
    ] as const) {
      const p95 = median(frames.map((round) => quantile(round, 0.95)));
      const row = [median(frames.flat()), p95, Math.max(...frames.flat())].map((ms) => ms.toFixed(1));
      console.log(`| ${name} | ${row.join(' | ')} | ${asked} |`);
    }
    const size = [before, after, after - before].map((mb) => mb.toFixed(1));
    console.log(`\n| page's memory | before, MB | after ${pans} pans | growth |\n|---|---|---|---|`);
    console.log(`| JavaScript heap, collected | ${size.join(' | ')} |`);
  } finally {
    await browser.close();
    await server.end('SIGTERM');
  }
}

/** Six seconds of the service with a stall in them. */
async function recordOrders(): Promise<Buffer> {
  const binary = join(folder, 'order-service');
  const built = spawnSync('go', ['build', '-o', binary, '.'], { cwd: 'examples/order-service', encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`examples/order-service does not build: ${built.stderr}`);
  const address = `127.0.0.1:${await freePort()}`;
  const flags = ['-listen', address, '-rps', String(ordersPerSecond), '-reload', '5s', '-leaks', '0'];
  const service = spawn(binary, flags, { stdio: 'ignore' });
  try {
    await sleep(3_000);
    const answer = await fetch(`http://${address}/debug/pprof/trace?seconds=6`);
    return Buffer.from(await answer.arrayBuffer());
  } finally {
    service.kill('SIGTERM');
  }
}

async function upload(
  url: string,
  trace: Buffer,
): Promise<{ readonly path: string; readonly goroutines: number; readonly events: number }> {
  const body = new Uint8Array(trace);
  const sent = await (await fetch(`${url}/api/v1/upload?name=bench.trace`, { method: 'POST', body })).json();
  for (;;) {
    const { capture } = await (await fetch(`${url}/api/v1/traces/${sent.id}/status`)).json();
    if (capture.status === 'done') return { path: sent.url, goroutines: capture.goroutines, events: capture.events };
    if (capture.status === 'failed') throw new Error(capture.error.message);
    await sleep(200);
  }
}

/** Milliseconds between pictures while the lanes are dragged by `step` px a picture, beyond what is there; 0 leaves them alone. */
function timeFrames(page: Page, step: number): Promise<number[]> {
  // No functions with a name: the loader marks those with a call that the page does not have.
  return page.evaluate(
    async ({ step, moves }) => {
      const plot = document.querySelectorAll('.lanes .plot')[1];
      const box = plot?.getBoundingClientRect();
      if (plot === undefined || box === undefined) throw new Error('the page has no lanes');
      const frames: number[] = [];
      const pointer = {
        bubbles: true,
        clientX: box.left + box.width / 2,
        clientY: box.top + 20,
        button: 0,
        buttons: 1,
      };
      if (step !== 0) plot.dispatchEvent(new PointerEvent('pointerdown', pointer));
      let last = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      for (let move = 0; move < moves; move++) {
        pointer.clientX -= step;
        if (step !== 0) plot.dispatchEvent(new PointerEvent('pointermove', pointer));
        const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
        frames.push(now - last);
        last = now;
      }
      if (step !== 0) plot.dispatchEvent(new PointerEvent('pointerup', pointer));
      return frames;
    },
    { step, moves },
  );
}

async function panOnce(page: Page, by: number): Promise<void> {
  const box = await page.locator('.lanes .plot').nth(1).boundingBox();
  if (box === null) throw new Error('the page has no lanes');
  const [x, y] = [box.x + box.width / 2, box.y + 20];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + by, y, { steps: 4 });
  await page.mouse.up();
}

async function heapMb(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 1e6;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject).listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
