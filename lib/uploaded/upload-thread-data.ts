import { z } from 'zod';

/** What the thread is started with. */
export const uploadThreadData = z.object({
  blobsDir: z.string(),
  wrappers: z.array(z.string()).readonly(),
  idleFunctions: z.array(z.string()).readonly(),
  inflatedBytes: z.number(),
});

export type UploadThreadData = Readonly<z.infer<typeof uploadThreadData>>;
