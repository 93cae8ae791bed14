import { workerData } from 'node:worker_threads';
import { openBlobs } from '@/lib/blobs/open';
import { answerCalls } from '@/lib/threads/answer-calls';
import { KeptViews } from './kept-views';
import { callView, viewCalls } from './view-calls';
import { viewThreadData } from './view-thread-data';

/** Entry of the thread that keeps analyses open and answers questions about them, one at a time. */
const { blobsDir, keptBytes } = viewThreadData.parse(workerData);
const calls = viewCalls(new KeptViews(openBlobs({ dir: blobsDir }), keptBytes));

answerCalls((method, args) => callView(calls, method, args));
