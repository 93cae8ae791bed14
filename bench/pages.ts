/**
 * Pages: LCP and interactions on the demo's recording in Chromium, loads of the overview while profiles come in, the
 * drawing of a large flame graph, and the server's own memory. Argument: profiles to send before memory is read
 * (default 0: after the recording only). Beside each: /login, a page without data, or the library used plainly.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { replayPack } from '../scripts/demo/replay';
import { startBuiltServer } from '../tests/support/built-server';
import { median, quantile, startBrowser, timePage } from './page-browser';
import { timeDrawing } from './page-draw';
import { pushEvenly, rssAnonMb, timeLoads } from './page-load';

const profiles = Number(process.argv[2] ?? 0);
const runs = 5;
const loads = 100;
const perSecond = 250;
const service = '/services/order-service';
const ms = (value: number) => value.toFixed(0);

function table(head: readonly string[], rows: readonly (readonly string[])[]): void {
  console.log(`| ${head.join(' | ')} |\n|${head.map(() => '---').join('|')}|`);
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
  console.log('');
}

const dir = mkdtempSync(join(tmpdir(), 'lockscope-bench-pages-'));
const server = await startBuiltServer({ LOCKSCOPE_DATA: join(dir, 'data') });
const browser = await startBrowser();
try {
  const replayed = await replayPack({ url: server.url, now: Date.now() });
  const answer = await (await fetch(`${server.url}/api/v1${service}/locks?from=now-1h&to=now`)).json();
  const lock = `${service}/locks/${answer.locks[0].id}`;
  console.log(`The demo: ${replayed.requests} recorded profiles of ${replayed.pods.length} pods.\n`);

  const pages: readonly (readonly [name: string, path: string, keys: readonly string[]])[] = [
    ['overview', '/', ['j', '?', 'Escape', 'Control+k', 'Escape', '-', '=']],
    ['service', service, ['j', 'j', 'Space', 's', 'i', 'i', 'Control+k', 'Escape']],
    ['lock', lock, ['?', 'Escape', '-', '=', 'Control+k', 'Escape']],
    ['flame', `${service}/flame`, ['/', 'j', 's', 'o', 'n', 'Enter', 'Escape', 'Tab']],
    ['settings', '/settings', ['?', 'Escape', 'Tab', 'Tab']],
    ['login (no data)', '/login', ['Tab', 'a', 'b']],
  ];
  const pageRows: string[][] = [];
  for (const [name, path, keys] of pages) {
    const times = await timePage(browser, server.url + path, keys, runs);
    pageRows.push([name, ms(times.lcp), ms(times.interaction), String(times.interactions)]);
  }
  table(
    ['page, cold cache', `LCP ms, median of ${runs}`, 'longest interaction ms', 'interactions of 16 ms and more'],
    pageRows,
  );

  const loadRows: string[][] = [];
  const row = (name: string, times: readonly number[], rate: string) =>
    loadRows.push([name, ms(median(times)), ms(quantile(times, 0.95)), ms(Math.max(...times)), rate]);
  await timeLoads(`${server.url}/`, 10);
  row('/ at rest', await timeLoads(`${server.url}/`, loads), '0');
  row('/login at rest', await timeLoads(`${server.url}/login`, loads), '0');
  const pushing = pushEvenly(server.url, perSecond);
  await sleep(3_000);
  const busy = await timeLoads(`${server.url}/`, loads);
  const busyLogin = await timeLoads(`${server.url}/login`, loads);
  const { perSecond: rate, refused } = await pushing.stop();
  const said = `${rate.toFixed(0)}${refused === 0 ? '' : `, ${refused} refused`}`;
  row('/ while profiles come in', busy, said);
  row('/login while profiles come in', busyLogin, said);
  table([`${loads} loads of HTML`, 'median ms', 'P95 ms', 'longest ms', 'profiles/s stored'], loadRows);

  const { nodes, rows } = await timeDrawing(browser, 20_000);
  table(
    [`flame graph of ${nodes} nodes`, 'to the next picture, ms', 'frames drawn'],
    rows.map(({ name, ms: took, drawn }) => [name, ms(took), String(drawn)]),
  );

  if (profiles > 0) await sendMany(profiles);
  const held = process.memoryUsage().rss / 2 ** 20;
  table(
    ['memory', 'MB'],
    [
      [
        `server, RssAnon after ${replayed.requests} recorded and ${profiles} further profiles`,
        ms(rssAnonMb(server.pid)),
      ],
      ['this benchmark itself (node, Playwright), RSS', ms(held)],
    ],
  );
} finally {
  await browser.close();
  await server.end('SIGTERM');
  rmSync(dir, { recursive: true, force: true });
}

async function sendMany(wanted: number): Promise<void> {
  let all: ReturnType<typeof pushEvenly> | undefined;
  await new Promise<void>((resolve) => {
    all = pushEvenly(server.url, Number.POSITIVE_INFINITY, (stored) => stored >= wanted && resolve());
  });
  await all?.stop();
}
