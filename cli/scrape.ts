import { LockscopeError } from '@/lib/errors';
import { exitCode } from './exit-code';
import type { Io } from './io';
import { type Scrape, scrapeEvery } from './scrape-every';
import { scrapeOnce } from './scrape-once';
import { parseScrapeOptions, type ScrapeOptions, scrapeHelp } from './scrape-options';
import { sumLine } from './scrape-sums';

/** `lockscope scrape`: a Go service's profiles, once or at a period, printed or pushed. */
export async function run(args: string[], io: Io): Promise<number> {
  const options = parseScrapeOptions(args, io.env);
  if (options.help) {
    io.stdout(scrapeHelp);
    return exitCode.fine;
  }
  const scrapes = options.everyMs === undefined ? [await once(options, io)] : await again(options, options.everyMs, io);
  if (options.json) {
    const document = { schema: 'lockscope/scrape/v1', url: options.url, scrapes, notes: [], left_out: {} };
    io.stdout(`${JSON.stringify(document, null, 2)}\n`);
  }
  const errors = scrapes.flatMap(({ error }) => error ?? []);
  if (scrapes.length > 0 && errors.length === scrapes.length) {
    throw new LockscopeError('remote.unreachable', errors[0] ?? 'nothing came');
  }
  return exitCode.fine;
}

async function once(options: ScrapeOptions, io: Io): Promise<Scrape> {
  const scrape = { at: new Date(io.now()).toISOString(), error: null, profiles: await scrapeOnce(options), events: [] };
  if (!options.json) for (const profile of scrape.profiles) io.stdout(`${sumLine(profile)}\n`);
  return scrape;
}

async function again(options: ScrapeOptions, everyMs: number, io: Io): Promise<Scrape[]> {
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const scrapes: Scrape[] = [];
  try {
    await scrapeEvery(options, everyMs, io.now, stop.signal, (scrape) => {
      // Without --json nothing is asked of the past: a scrape that runs for days keeps the last one only.
      if (!options.json) scrapes.length = 0;
      scrapes.push(scrape);
      if (!options.json) tell(scrape, io);
    });
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
  return scrapes;
}

function tell(scrape: Scrape, io: Io): void {
  io.stdout(`${scrape.at}\n`);
  for (const { kind, detail } of scrape.events) io.stdout(`  ${kind}: ${detail}\n`);
  if (scrape.error !== null) return;
  for (const profile of scrape.profiles) io.stdout(`  ${sumLine(profile)}\n`);
}
