import { z } from 'zod';
import { known, readFolderDocument, writeFolderDocument } from './folder-document';

const metaSchema = z.object({
  schema: z.literal('lockscope/ci-run/v1'),
  /** The command line, as it can be repeated. */
  command: z.string(),
  suite: z.string(),
  /** `owner/name` and number, where CI tells them. */
  repo: known(z.string()),
  pull: known(z.number().int().positive()),
  runAttempt: z.number().int().positive().default(1),
  base: z.object({ commit: known(z.string()), label: z.string(), source: z.string() }),
  head: z.object({
    commit: known(z.string()),
    label: z.string(),
    /** The commit that was built when it is another one: a merge of head and base, made by the forge. */
    mergeCommit: known(z.string()),
    /** The working tree differed from its commit. */
    dirty: z.boolean().default(false),
  }),
  budget: z.object({
    /** Where the rules came from; null = there is no file. */
    source: known(z.string()),
    changedHere: z.boolean().default(false),
  }),
  /** Lines that the change touched, by file from the module's folder. */
  touched: z.array(z.object({ file: z.string(), lines: z.array(z.number().int().positive()) })).default([]),
  benchmarks: z.array(z.object({ name: z.string(), operations: z.number().positive() })).default([]),
  leftOut: z.array(z.object({ what: z.string(), reason: z.string() })).default([]),
  /** Processes in the order they ran; 1-minute load of the machine as each pair began, processes that could run. */
  order: z
    .array(
      z.object({
        round: z.number().int().nonnegative(),
        benchmark: z.string(),
        arm: z.enum(['base', 'head']),
        startedAt: z.iso.datetime(),
        seconds: z.number().nonnegative(),
        load: known(z.number().nonnegative()),
      }),
    )
    .default([]),
  looks: z.number().int().min(1).max(2).default(1),
});

/** What `meta.json` beside the folders of both arms says: what was compared, why, and in which order. */
export type CiMeta = z.infer<typeof metaSchema>;

const metaFileName = 'meta.json';

export function writeMeta(folder: string, meta: CiMeta): Promise<void> {
  return writeFolderDocument(folder, metaFileName, meta);
}

/** Reads a folder's `meta.json`; undefined when it has none. Throws `input.meta` for one that is not as it should be. */
export function readMeta(folder: string): Promise<CiMeta | undefined> {
  return readFolderDocument(folder, metaFileName, metaSchema, 'input.meta');
}
