import { Worker } from 'node:worker_threads';
import type { CaptureAnalysis } from '@/lib/catalog/captures';
import { errorCode, LockscopeError } from '@/lib/errors';
import type { AnalysisStep } from './analyse-blob';
import type { AnalysisMessage, AnalysisThreadData } from './analysis-message';

/** One analysis under way. */
export interface RunningAnalysis {
  /** Rejects with what `analyseBlob` throws, `trace.memory` when the thread ran out of it, `trace.cancelled`. */
  readonly result: Promise<CaptureAnalysis>;
  /** Ends it at once, whatever it is doing. */
  cancel(): Promise<void>;
}

/** Starts the analysis of one blob. */
export type StartAnalysis = (blobKey: string, onStep: (step: AnalysisStep) => void) => RunningAnalysis;

const MiB = 1024 * 1024;
/** With less a thread does not even start: Node 24 then ends the whole process. */
const leastHeapMb = 64;

/**
 * Analyses in a thread of its own for each trace: it can be ended at once, and its memory goes with it. A thread that
 * runs out of heap ends alone; buffers are outside the heap and counted by the thread itself.
 */
export function analysisInThread(workerUrl: URL, settings: Omit<AnalysisThreadData, 'blobKey'>): StartAnalysis {
  return (blobKey, onStep) => {
    const data: AnalysisThreadData = { ...settings, blobKey };
    const worker = new Worker(workerUrl, {
      workerData: data,
      resourceLimits: { maxOldGenerationSizeMb: Math.max(Math.ceil(settings.maxBytes / MiB), leastHeapMb) },
    });
    const result = new Promise<CaptureAnalysis>((resolve, reject) => {
      // analyse-trace.worker.ts sends nothing else.
      worker.on('message', (message: AnalysisMessage) => {
        if ('step' in message) onStep(message.step);
        else if ('result' in message) resolve(message.result);
        else reject(toError(message.error, settings.maxBytes));
      });
      worker.on('error', (error) =>
        reject(toError({ code: errorCode(error), message: error.message }, settings.maxBytes)),
      );
      worker.on('exit', () => reject(new LockscopeError('trace.cancelled', 'the analysis was stopped')));
    });
    worker.unref();
    return {
      result,
      async cancel() {
        await worker.terminate();
      },
    };
  };
}

function toError({ code, message }: { code: string | undefined; message: string }, maxBytes: number): Error {
  const outOfMemory =
    code === 'ERR_WORKER_OUT_OF_MEMORY' || /Array buffer allocation failed|Invalid typed array length/.test(message);
  if (outOfMemory) {
    const text = `the analysis ran out of memory (${maxBytes} bytes are allowed): record a shorter trace, or raise traces.memory`;
    return new LockscopeError('trace.memory', text);
  }
  return new LockscopeError(code ?? 'trace.analysis', message);
}
