import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endpointUrl, fetchEndpoint } from '@/ingest/pprof-endpoint';
import { errorCode, errorMessage, LockscopeError } from '@/lib/errors';
import { decodePprof } from '@/lib/pprof/decode';
import { toProfile } from '@/lib/pprof/to-profile';
import { postBytes } from './remote';
import type { ScrapeOptions } from './scrape-options';
import { type ScrapedProfile, sumUp } from './scrape-sums';

const answerMs = 10_000;
const maxBytes = 64 * 2 ** 20;

/** Fetches each profile once, keeps and uploads the files when asked to. Throws `remote.unreachable` when nothing came. */
export async function scrapeOnce(options: ScrapeOptions): Promise<ScrapedProfile[]> {
  const { cpuSeconds } = options;
  const paths: [name: string, path: string][] = [
    ['block', 'block'],
    ['mutex', 'mutex'],
    ['goroutine', 'goroutine'],
    ['heap', 'heap'],
  ];
  if (cpuSeconds > 0) paths.push(['cpu', `profile?seconds=${cpuSeconds}`]);
  if (options.out !== undefined) await mkdir(options.out, { recursive: true });
  const scraped: ScrapedProfile[] = [];
  const failures: unknown[] = [];
  // One after the other: block and mutex first, so that they belong to the same moment.
  for (const [name, path] of paths) {
    try {
      const timeoutMs = answerMs + (name === 'cpu' ? cpuSeconds * 1_000 : 0);
      const bytes = await fetchEndpoint(endpointUrl(options.url, path), { maxBytes, timeoutMs });
      scraped.push(await keep(name, bytes, options));
    } catch (error) {
      const code = errorCode(error) ?? '';
      if (!code.startsWith('scrape.') && !code.startsWith('pprof.')) throw error;
      failures.push(error);
      scraped.push({
        profile: name,
        ok: false,
        samples: null,
        windowSeconds: null,
        sums: [],
        detail: errorMessage(error),
      });
      if (code === 'scrape.unreachable' || code === 'scrape.address') break;
    }
  }
  const [first] = failures;
  if (failures.length === scraped.length)
    throw new LockscopeError('remote.unreachable', errorMessage(first), { cause: first });
  return scraped;
}

async function keep(name: string, bytes: Buffer, options: ScrapeOptions): Promise<ScrapedProfile> {
  const profile = toProfile(decodePprof(bytes));
  const file = `${name}.pb.gz`;
  if (options.out !== undefined) await writeFile(join(options.out, file), bytes);
  const windowMs = profile.durationNanos > 0n ? Number(profile.durationNanos) / 1e6 : undefined;
  const scraped = sumUp(name, profile, windowMs, '');
  if (options.remote === undefined) return scraped;
  const query = new URLSearchParams({ name: file, service: options.service });
  if (options.build !== undefined) query.set('build', options.build);
  for (const [label, value] of Object.entries(options.labels)) query.append('label', `${label}=${value}`);
  const kinds: Readonly<Record<string, string>> = { block: 'block', mutex: 'mutex' };
  const kind = kinds[name];
  if (kind !== undefined) query.set('kind', kind);
  const answer = await postBytes(options.remote, 'api/v1/upload', query, new Uint8Array(bytes));
  return answer.ok
    ? { ...scraped, detail: 'pushed' }
    : { ...scraped, ok: false, detail: `not taken: ${answer.reason}` };
}
