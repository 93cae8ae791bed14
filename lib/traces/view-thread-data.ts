import { z } from 'zod';

/** What the thread that keeps analyses open is started with. */
export const viewThreadData = z.object({ blobsDir: z.string(), keptBytes: z.number() });

export type ViewThreadData = Readonly<z.infer<typeof viewThreadData>>;
