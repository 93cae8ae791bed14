import type { Job } from '@/jobs/job';
import type { BlobStore } from '@/lib/blobs/port';
import type { CaptureCatalog, CaptureRecord } from '@/lib/catalog/captures';
import { errorCode, errorMessage } from '@/lib/errors';
import type { AnalysisStep } from '@/lib/traces/analyse-blob';
import type { RunningAnalysis, StartAnalysis } from '@/lib/traces/analysis-thread';
import type { AnalysisProgress } from '@/lib/traces/port';

type Captures = Pick<CaptureCatalog, 'getCapture' | 'listCapturesOf' | 'setCaptureStatus' | 'finishCapture'>;

export interface QueueDeps {
  readonly catalog: Captures;
  readonly blobs: Pick<BlobStore, 'delete'>;
  readonly start: StartAnalysis;
  /** Version of the analysis; a result of another one is made again. */
  readonly version: number;
}

export interface AnalysisQueue extends Job {
  /** Analyses a capture that is `waiting`, after those before it. */
  add(id: string): void;
  /** Ends it, running or waiting, and leaves it `cancelled`; false when it is not under way. */
  cancel(id: string): Promise<boolean>;
  progress(id: string): AnalysisProgress | undefined;
  ids(): readonly string[];
}

interface Running {
  readonly id: string;
  readonly startedMs: number;
  analysis: RunningAnalysis | undefined;
  step: AnalysisStep | undefined;
  /** Someone asked for its end: it is not a failure then. */
  ended: 'cancelled' | 'stopped' | undefined;
  done: Promise<void>;
}

/**
 * Analyses captures one at a time, in the order in which they came. What was under way when the server stopped, and
 * what another version analysed, is taken up at the start.
 */
export function analysisQueue({ catalog, blobs, start, version }: QueueDeps): AnalysisQueue {
  const waiting: string[] = [];
  let running: Running | undefined;
  let starting: Promise<void> = Promise.resolve();
  let stopped = true;

  function next(): void {
    if (stopped || running !== undefined) return;
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
      .catch((error: unknown) => console.error(`analysis of trace ${id} failed: ${errorMessage(error)}`))
      .finally(() => {
        running = undefined;
        next();
      });
  }

  async function run(one: Running): Promise<void> {
    const { id } = one;
    const capture = await catalog.getCapture(id);
    if (capture === undefined || one.ended !== undefined) return;
    await catalog.setCaptureStatus(id, 'analysing');
    if (one.ended !== undefined) return;
    one.analysis = start(capture.blobKey, (step) => {
      one.step = step;
    });
    try {
      const result = await one.analysis.result;
      // Removed while it was analysed: nothing leads to the result.
      if (!(await catalog.finishCapture(id, result))) await blobs.delete(result.blobKey);
    } catch (error) {
      if (one.ended !== undefined) return;
      const failure = { code: errorCode(error) ?? 'trace.analysis', message: errorMessage(error), version };
      await catalog.setCaptureStatus(id, 'failed', failure);
    }
  }

  async function end(one: Running, why: 'cancelled' | 'stopped'): Promise<void> {
    one.ended = why;
    await one.analysis?.cancel();
    await one.done;
  }

  async function takeUp(): Promise<void> {
    const isUnderWay = ({ status }: CaptureRecord) => status === 'waiting' || status === 'analysing';
    const all = await catalog.listCapturesOf(['waiting', 'analysing', 'done', 'failed']);
    const outdated = all.filter((one) => !isUnderWay(one) && one.analysisVersion !== version);
    for (const one of [...all.filter(isUnderWay), ...outdated]) {
      if (one.analysis !== undefined) await blobs.delete(one.analysis.blobKey);
      if (one.status !== 'waiting') await catalog.setCaptureStatus(one.id, 'waiting');
      if (!waiting.includes(one.id)) waiting.push(one.id);
    }
    next();
  }

  return {
    name: 'trace-analysis',
    add(id) {
      if (running?.id !== id && !waiting.includes(id)) waiting.push(id);
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
      starting = takeUp().catch((error: unknown) => {
        console.error(`traces to analyse could not be listed: ${errorMessage(error)}`);
      });
    },
    async stop() {
      stopped = true;
      await starting;
      if (running !== undefined) await end(running, 'stopped');
    },
  };
}

/** Time left is that of reading the rest as fast as so far; how long finding the locks and keeping them takes is not known before. */
function progressOf({ startedMs, step }: Running): AnalysisProgress {
  if (step === undefined) return { ahead: 0, phase: 'reading', bytes: 0, ofBytes: 0, events: 0, secondsLeft: null };
  const { phase, bytes, ofBytes } = step;
  const passed = (Date.now() - startedMs) / 1_000;
  const secondsLeft = phase !== 'reading' || bytes === 0 ? null : (passed / bytes) * (ofBytes - bytes);
  return { ahead: 0, ...step, secondsLeft };
}
