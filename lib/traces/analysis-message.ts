import { z } from 'zod';
import type { CaptureAnalysis } from '@/lib/catalog/captures';
import type { AnalysisStep } from './analyse-blob';

/** What the thread that analyses one trace is started with. */
export const analysisThreadData = z.object({
  blobsDir: z.string(),
  blobKey: z.string(),
  wrappers: z.array(z.string()).readonly(),
  maxBytes: z.number(),
});

export type AnalysisThreadData = Readonly<z.infer<typeof analysisThreadData>>;

/** From the thread: how far it is, then the result or what went wrong. */
export type AnalysisMessage =
  | { readonly step: AnalysisStep }
  | { readonly result: CaptureAnalysis }
  | { readonly error: { readonly code: string | undefined; readonly message: string } };
