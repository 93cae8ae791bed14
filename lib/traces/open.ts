import { openBlobs } from '@/lib/blobs/open';
import { analyseBlob } from './analyse-blob';
import type { AnalysisThreadData } from './analysis-message';
import { analysisInThread, type StartAnalysis } from './analysis-thread';
import { KeptViews } from './kept-views';
import { type ViewCalls, viewCalls } from './view-calls';
import { viewThread } from './view-thread';
import type { ViewThreadData } from './view-thread-data';

type Place = { readonly workerUrl?: URL };

/** What analyses a trace: in a thread when the bundled worker is there, else where it is called, which cannot be stopped. */
export function openAnalysis(settings: Omit<AnalysisThreadData, 'blobKey'>, { workerUrl }: Place): StartAnalysis {
  if (workerUrl !== undefined) return analysisInThread(workerUrl, settings);
  const blobs = openBlobs({ dir: settings.blobsDir });
  return (blobKey, onStep) => ({
    result: analyseBlob({ ...settings, blobs, blobKey, onStep, heldBytes: () => 0 }),
    cancel: async () => {},
  });
}

/** What answers questions about kept analyses: in a thread when the bundled worker is there, else where it is called. */
export function openViews(data: ViewThreadData, { workerUrl }: Place): ViewCalls {
  if (workerUrl !== undefined) return viewThread(workerUrl, data);
  return viewCalls(new KeptViews(openBlobs({ dir: data.blobsDir }), data.keptBytes));
}
