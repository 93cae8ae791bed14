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

/** Of this thread alone: heap and buffers. */
function heldBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

try {
  const onStep = (step: Extract<AnalysisMessage, { step: unknown }>['step']) => send({ step });
  send({ result: await analyseBlob({ ...data, blobs: openBlobs({ dir: blobsDir }), heldBytes, onStep }) });
} catch (error) {
  send({ error: { code: errorCode(error), message: errorMessage(error) } });
}
