import type { Job } from '@/jobs/job';
import type { Catalog, ScrapeOutcome, TargetRecord } from '@/lib/catalog/port';
import { errorMessage } from '@/lib/errors';

/** Fetches a target's profiles once, stores them, and says what came of it. */
export interface Scraper {
  scrapeOnce(target: TargetRecord): Promise<ScrapeOutcome>;
  /** The target is gone or switched off: what was kept to subtract from is dropped. */
  forget(targetId: string): void;
  /** Aborts what is being fetched. */
  close(): void;
}

interface Loop {
  readonly target: TargetRecord;
  timer: NodeJS.Timeout | undefined;
  running: Promise<void> | undefined;
}

export interface ScrapeJob extends Job {
  /** Reads the targets again: call it when they changed. */
  reload(): Promise<void>;
  /** Targets scraped now. */
  readonly size: number;
}

/**
 * Scrapes every enabled target at its own pace. A target is never scraped twice at one time: one that
 * answers slowly misses its turn, and the next window is wider. Targets start spread over their period. `scraped` is
 * told of each outcome once it is noted.
 */
export function scrapeJob(
  catalog: Pick<Catalog, 'listTargets' | 'noteScrape'>,
  scraper: Scraper,
  scraped: (targetId: string, outcome: ScrapeOutcome) => void = () => {},
): ScrapeJob {
  const loops = new Map<string, Loop>();
  let stopped = true;
  let reloading: Promise<void> = Promise.resolve();

  const scrape = async ({ target }: Loop) => {
    try {
      const outcome = await scraper.scrapeOnce(target);
      await catalog.noteScrape(target.id, outcome);
      scraped(target.id, outcome);
    } catch (error) {
      console.error(`scrape of ${target.service} at ${target.url} failed: ${errorMessage(error)}`);
    }
  };
  const begin = (target: TargetRecord) => {
    const loop: Loop = { target, timer: undefined, running: undefined };
    loops.set(target.id, loop);
    const started = Date.now() + offsetOf(target);
    const turn = () => {
      loop.running = scrape(loop).then(() => {
        if (loops.get(target.id) !== loop) return;
        const late = (Date.now() - started) % target.everyMs;
        loop.timer = setTimeout(turn, target.everyMs - late);
      });
    };
    loop.timer = setTimeout(turn, started - Date.now());
  };
  const end = async (loop: Loop) => {
    loops.delete(loop.target.id);
    clearTimeout(loop.timer);
    await loop.running;
  };
  const reload = async () => {
    if (stopped) return;
    const wanted = new Map((await catalog.listTargets()).filter((one) => one.enabled).map((one) => [one.id, one]));
    for (const loop of [...loops.values()]) {
      const next = wanted.get(loop.target.id);
      if (next !== undefined && settingsOf(next) === settingsOf(loop.target)) continue;
      await end(loop);
      if (next === undefined) scraper.forget(loop.target.id);
    }
    for (const target of wanted.values()) if (!loops.has(target.id) && !stopped) begin(target);
  };

  return {
    name: 'scrape',
    get size() {
      return loops.size;
    },
    start() {
      stopped = false;
      void this.reload();
    },
    reload() {
      reloading = reloading.then(reload).catch((error: unknown) => {
        console.error(`scrape targets could not be read: ${errorMessage(error)}`);
      });
      return reloading;
    },
    async stop() {
      stopped = true;
      scraper.close();
      await reloading;
      await Promise.all([...loops.values()].map(end));
    },
  };
}

/** What a target is scraped by; a change of anything else (its last outcome) does not restart its loop. */
function settingsOf({ everyMs, build, labels, profiles }: TargetRecord): string {
  return JSON.stringify([everyMs, build, labels, profiles]);
}

/** Somewhere within the first second or period, the same for a target at each start. */
function offsetOf({ id, everyMs }: TargetRecord): number {
  return (Number.parseInt(id.slice(0, 8), 16) || 0) % Math.min(everyMs, 1_000);
}
