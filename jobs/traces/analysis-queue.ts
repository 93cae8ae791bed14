import type { Job } from '@/jobs/job';
import type { BlobStore } from '@/lib/blobs/port';
import type { CaptureCatalog } from '@/lib/catalog/captures';
import { errorCode, errorMessage } from '@/lib/errors';
import type { StartAnalysis } from '@/lib/traces/analysis-thread';
import type { AnalysisProgress } from '@/lib/traces/port';
import { progressOf, type Running } from './running-analysis';
import { takeUp } from './take-up';

type Captures = Pick<CaptureCatalog, 'getCapture' | 'listCapturesOf' | 'setCaptureStatus' | 'finishCapture'>;

export interface QueueDeps {
  readonly catalog: Captures;
  readonly blobs: Pick<BlobStore, 'delete'>;
  readonly start: StartAnalysis;
  /** Version of the analysis; a result of another one is made again. */
  readonly version: number;
  /** How long to wait when the catalogue does not answer, before it is asked again. */
  readonly retryMs?: number;
}

export interface AnalysisQueue extends Job {
  /** Analyses a capture that is `waiting`, after those before it. */
  add(id: string): void;
  /** Ends it, running or waiting, and leaves it `cancelled`; false when it is not under way. */
  cancel(id: string): Promise<boolean>;
  progress(id: string): AnalysisProgress | undefined;
  ids(): readonly string[];
}

const usualRetryMs = 10_000;

/**
 * Analyses captures one at a time, in the order in which they came. What was under way when the server stopped, and
 * what another version analysed, is taken up at the start, before anything runs. An analysis whose outcome cannot be
 * written down ends as failed; while the catalogue cannot tell even that, the capture stays first in the queue.
 */
export function analysisQueue({ catalog, blobs, start, version, retryMs = usualRetryMs }: QueueDeps): AnalysisQueue {
  const waiting: string[] = [];
  let running: Running | undefined;
  let starting: Promise<void> = Promise.resolve();
  let takingUp = false;
  let paused = false;
  const retries = new Set<NodeJS.Timeout>();
  let stopped = true;

  function next(): void {
    if (stopped || takingUp || paused || running !== undefined) return;
    const id = waiting.shift();
    if (id === undefined) return;
    const one: Running = {
      id,
      startedMs: Date.now(),
      analysis: undefined,
      step: undefined,
      ended: undefined,
      done: Promise.resolve(),
    };
    running = one;
    one.done = run(one)
      .catch((error: unknown) => {
        console.error(`what became of the analysis of trace ${id} could not be kept: ${errorMessage(error)}`);
        if (one.ended !== undefined) return;
        waiting.unshift(id);
        paused = true;
        later(() => {
          paused = false;
          next();
        });
      })
      .finally(() => {
        running = undefined;
        next();
      });
  }

  function later(retry: () => void): void {
    if (stopped) return;
    const timer = setTimeout(() => {
      retries.delete(timer);
      retry();
    }, retryMs);
    retries.add(timer.unref());
  }

  /** Rejects when it failed and the catalogue cannot tell. */
  async function run(one: Running): Promise<void> {
    const { id } = one;
    try {
      await analyse(one);
    } catch (error) {
      if (one.ended !== undefined) return;
      const failure = { code: errorCode(error) ?? 'trace.analysis', message: errorMessage(error), version };
      await catalog.setCaptureStatus(id, 'failed', failure);
    }
  }

  async function analyse(one: Running): Promise<void> {
    const { id } = one;
    const capture = await catalog.getCapture(id);
    if (capture === undefined || one.ended !== undefined) return;
    await catalog.setCaptureStatus(id, 'analysing');
    if (one.ended !== undefined) return;
    one.analysis = start(capture.blobKey, (step) => {
      one.step = step;
    });
    const result = await one.analysis.result;
    // Removed while it was analysed: nothing leads to the result.
    if (!(await catalog.finishCapture(id, result))) await blobs.delete(result.blobKey);
  }

  async function end(one: Running, why: 'cancelled' | 'stopped'): Promise<void> {
    one.ended = why;
    await one.analysis?.cancel();
    await one.done;
  }

  function begin(): void {
    takingUp = true;
    starting = takeUp({ catalog, blobs, version }, isQueued)
      .then(
        (ids) => waiting.push(...ids.filter((id) => !isQueued(id))),
        (error: unknown) => {
          console.error(`traces to analyse could not be listed: ${errorMessage(error)}`);
          later(begin);
        },
      )
      .then(() => {
        takingUp = false;
        next();
      });
  }

  function isQueued(id: string): boolean {
    return running?.id === id || waiting.includes(id);
  }

  return {
    name: 'trace-analysis',
    add(id) {
      if (!isQueued(id)) waiting.push(id);
      next();
    },
    async cancel(id) {
      const place = waiting.indexOf(id);
      if (place >= 0) waiting.splice(place, 1);
      else if (running?.id === id) await end(running, 'cancelled');
      else return false;
      await catalog.setCaptureStatus(id, 'cancelled');
      return true;
    },
    progress(id) {
      if (running?.id === id) return progressOf(running);
      const place = waiting.indexOf(id);
      if (place < 0) return undefined;
      const ahead = place + (running === undefined ? 0 : 1);
      return { ahead, phase: 'waiting', bytes: 0, ofBytes: 0, events: 0, secondsLeft: null };
    },
    ids: () => [...(running === undefined ? [] : [running.id]), ...waiting],
    start() {
      if (!stopped) return;
      stopped = false;
      begin();
    },
    async stop() {
      stopped = true;
      for (const timer of retries) clearTimeout(timer);
      retries.clear();
      paused = false;
      await starting;
      if (running !== undefined) await end(running, 'stopped');
    },
  };
}
