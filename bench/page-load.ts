import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildMultipart } from '../scripts/demo/multipart';
import { podName, pprofOf, recordedWindows, seeded } from './anchor-load';

const pods = 48;
const octets = 'application/octet-stream';

/** Forms as pyroscope-go sends them: block, mutex and CPU of the load that bench/anchor-load.ts describes. */
function forms(): { readonly body: Buffer; readonly contentType: string }[] {
  const random = seeded(3);
  return recordedWindows().map((recorded) => {
    const names = { contentions: `${recorded.type.name}_count`, delay: `${recorded.type.name}_duration` };
    const config = JSON.stringify({
      contentions: { units: 'lock_samples', 'display-name': names.contentions },
      delay: { units: 'lock_nanoseconds', 'display-name': names.delay },
    });
    const profile = Buffer.from(pprofOf({ ...recorded, profile: { ...recorded.profile, timeNanos: 0n } }, random));
    const parts = [{ name: 'profile', filename: 'profile.pprof', contentType: octets, body: profile }];
    if (recorded.type.name !== 'process_cpu') {
      parts.push({
        name: 'sample_type_config',
        filename: 'sample_type_config.json',
        contentType: octets,
        body: Buffer.from(config),
      });
    }
    return buildMultipart(parts, randomBytes(30).toString('hex'));
  });
}

export interface Pushing {
  /** Ends it; profiles answered with 200 and everything else, and the rate of the former. */
  stop(): Promise<{ readonly stored: number; readonly refused: number; readonly perSecond: number }>;
}

/** Sends `perSecond` profiles a second at an even pace over 64 kept connections; `perSecond` Infinity = as fast as answered. */
export function pushEvenly(url: string, perSecond: number, onStored: (stored: number) => void = () => {}): Pushing {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const bodies = forms();
  const began = performance.now();
  const count = { sent: 0, stored: 0, refused: 0 };
  const open = new Set<Promise<void>>();
  const sendOne = (): Promise<void> => {
    const number = count.sent++;
    const form = bodies[number % bodies.length];
    const end = Date.now() - 1_000;
    const query = new URLSearchParams({
      name: `load{pod=${podName(Math.floor(number / bodies.length) % pods)}}`,
      from: `${end - 10_000}000000`,
      until: `${end}000000`,
      spyName: 'gospy',
      sampleRate: '100',
    });
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': form?.contentType ?? '' };
      const sent = request(`${url}/ingest?${query}`, { method: 'POST', agent, headers }, (answer) => {
        answer.resume().on('end', () => {
          if (answer.statusCode === 200) onStored(++count.stored);
          else count.refused++;
          resolve();
        });
      });
      sent.on('error', reject).end(form?.body);
    });
  };
  let on = true;
  const pace = async () => {
    while (on) {
      const due =
        perSecond === Number.POSITIVE_INFINITY ? count.sent + 64 : ((performance.now() - began) / 1_000) * perSecond;
      while (count.sent < due && open.size < 512) {
        const one = sendOne().finally(() => open.delete(one));
        open.add(one);
      }
      if (perSecond === Number.POSITIVE_INFINITY) await Promise.race(open);
      else await sleep(10);
    }
    await Promise.all(open);
  };
  const pacing = pace();
  return {
    async stop() {
      on = false;
      const seconds = (performance.now() - began) / 1_000;
      await pacing;
      agent.destroy();
      return { stored: count.stored, refused: count.refused, perSecond: count.stored / seconds };
    },
  };
}

/** Milliseconds of `times` loads of a page's HTML, one after the other over a kept connection. */
export async function timeLoads(url: string, times: number): Promise<number[]> {
  const results: number[] = [];
  for (let run = 0; run < times; run++) {
    const began = performance.now();
    const answer = await fetch(url, { headers: { accept: 'text/html' } });
    await answer.text();
    if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
    results.push(performance.now() - began);
  }
  return results;
}

/** Memory of a process that belongs to it alone, in MB, as Linux counts it. */
export function rssAnonMb(pid: number): number {
  const kb = /RssAnon:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kb ?? Number.NaN) / 1024;
}
