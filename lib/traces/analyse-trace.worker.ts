import { parentPort, workerData } from 'node:worker_threads';
import { openBlobs } from '@/lib/blobs/open';
import { errorCode, errorMessage } from '@/lib/errors';
import { analyseBlob } from './analyse-blob';
import { type AnalysisMessage, analysisThreadData } from './analysis-message';

/** Entry of the thread that analyses one trace and ends. */
const { blobsDir, ...data } = analysisThreadData.parse(workerData);

function send(message: AnalysisMessage): void {
  parentPort?.postMessage(message);
}

const atStart = process.memoryUsage.rss();

/**
 * Heap and buffers of this thread, the buffers at most as far as the process grew: columns are made as long as they
 * could get, and cost memory only where they are written. What other threads give back hides some of it.
 */
function heldBytes(): number {
  const { heapUsed, external, rss } = process.memoryUsage();
  return Math.min(heapUsed + external, Math.max(heapUsed, rss - atStart));
}

try {
  const onStep = (step: Extract<AnalysisMessage, { step: unknown }>['step']) => send({ step });
  send({ result: await analyseBlob({ ...data, blobs: openBlobs({ dir: blobsDir }), heldBytes, onStep }) });
} catch (error) {
  send({ error: { code: errorCode(error), message: errorMessage(error) } });
}
