import { parseArgs } from 'node:util';
import { parseDuration } from '@/lib/config-quantity';
import { LockscopeError } from '@/lib/errors';
import { type Remote, remoteOf } from './remote';

export const scrapeHelp = `Usage: lockscope scrape URL [options]

Fetches the profiles of a Go service with net/http/pprof: URL is its root or its /debug/pprof
folder. Without --server it prints what they hold, with --server it pushes them.

  --every 10s          again and again: block, mutex and allocations as differences (1s to 1h)
  --count N            stop after N scrapes of --every; otherwise at Ctrl-C
  --cpu SECONDS        length of the CPU profile (once: 5, 0 = none; --every: the period less 1 s)
  --out FOLDER         once: also keep the files there, for lockscope top FOLDER
  --server URL         or LOCKSCOPE_URL: push there
  --token TOKEN        or LOCKSCOPE_TOKEN (once), LOCKSCOPE_INGEST_TOKEN (--every)
  --service NAME       needed to push
  --build NAME --label NAME=VALUE (repeatable)
  --json               one JSON document, lockscope/scrape/v1 (--every needs --count)
  --help
`;

export interface ScrapeOptions {
  readonly help: boolean;
  readonly json: boolean;
  readonly url: string;
  readonly everyMs: number | undefined;
  readonly count: number;
  readonly cpuSeconds: number;
  readonly out: string | undefined;
  readonly remote: Remote | undefined;
  readonly service: string;
  readonly build: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
}

const text = { type: 'string' } as const;

/** Reads the arguments of `lockscope scrape`. Throws `cli.usage`. */
export function parseScrapeOptions(args: string[], env: Readonly<Record<string, string | undefined>>): ScrapeOptions {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      every: text,
      count: text,
      cpu: text,
      out: text,
      server: text,
      token: text,
      service: text,
      build: text,
      label: { type: 'string', multiple: true },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const everyMs = values.every === undefined ? undefined : parseDuration(values.every);
  if (everyMs !== undefined && !(everyMs >= 1_000 && everyMs <= 3_600_000))
    throw usage(`--every ${values.every}: 1s to 1h`);
  const remote = remoteOf(values, env, everyMs === undefined ? 'LOCKSCOPE_TOKEN' : 'LOCKSCOPE_INGEST_TOKEN');
  const help = values.help === true;
  const [url = ''] = positionals;
  if (!help) {
    if (positionals.length !== 1) throw usage('give the address of one service');
    if (!/^https?:\/\//.test(url) || !URL.canParse(url))
      throw usage(`${url}: an address starts with http:// or https://`);
    if (remote !== undefined && values.service === undefined) throw usage('pushing needs --service');
    if (values.json && everyMs !== undefined && values.count === undefined)
      throw usage('--json with --every needs --count');
    if (values.count !== undefined && everyMs === undefined) throw usage('--count needs --every');
    if (values.count !== undefined && Number(values.count) === 0) throw usage('--count 0: nothing to do');
    if (values.out !== undefined && everyMs !== undefined)
      throw usage('--out keeps the files of one scrape, not of --every');
  }
  return {
    help,
    json: values.json === true,
    url,
    everyMs,
    count: wholeNumber('count', values.count, Number.POSITIVE_INFINITY),
    cpuSeconds: wholeNumber('cpu', values.cpu, 5),
    out: values.out,
    remote,
    service: values.service ?? 'scraped',
    build: values.build,
    labels: Object.fromEntries((values.label ?? []).map(parseLabel)),
  };
}

function parseLabel(label: string): [string, string] {
  const equals = label.indexOf('=');
  if (equals < 1) throw usage(`--label ${label}: expected name=value`);
  return [label.slice(0, equals), label.slice(equals + 1)];
}

function wholeNumber(name: string, value: string | undefined, fallback: number): number {
  if (value === undefined) return fallback;
  if (!/^\d{1,6}$/.test(value)) throw usage(`--${name} ${value}: expected a whole number`);
  return Number(value);
}

function usage(message: string): LockscopeError {
  return new LockscopeError('cli.usage', `${message} (lockscope scrape --help)`);
}
