import { z } from 'zod';
import { known, readFolderDocument, writeFolderDocument } from './folder-document';

const fingerprintSchema = z.object({
  goVersion: known(z.string()),
  cpu: known(z.string()),
  cores: known(z.number().int().positive()),
  gomaxprocs: known(z.number().int().positive()),
  kernel: known(z.string()),
  buildFlags: known(z.string()),
  /** ns. */
  blockRate: known(z.number().nonnegative()),
  /** 1 in n. */
  mutexFraction: known(z.number().nonnegative()),
});

const runSchema = z.object({
  index: z.number().int().nonnegative(),
  /** `<package>.BenchmarkX` when the process ran that one alone. */
  benchmark: known(z.string()),
  startedAt: z.iso.datetime(),
  ops: known(z.number().positive()),
  requests: known(z.number().positive()),
  /** Wall time of the profiles. */
  seconds: known(z.number().positive()),
  /** Names of files in the folder. `bench` is of a process that recorded no profile. */
  files: z.object({
    block: known(z.string()),
    mutex: known(z.string()),
    cpu: known(z.string()),
    bench: known(z.string()),
  }),
});

const armSchema = z.object({
  schema: z.literal('lockscope/ci-arm/v1'),
  arm: z.enum(['base', 'head']),
  commit: known(z.string()),
  fingerprint: fingerprintSchema,
  runs: z.array(runSchema),
});

/** What `arm.json` in the folder of an arm says: where and how its files were measured. Unknown values are null. */
export type ArmFile = z.infer<typeof armSchema>;
export type ArmRun = ArmFile['runs'][number];

export const armFileName = 'arm.json';

/** Reads the folder's `arm.json`; undefined when it has none. Throws `input.arm` for one that is not as it should be. */
export function readArmDescription(folder: string): Promise<ArmFile | undefined> {
  return readFolderDocument(folder, armFileName, armSchema, 'input.arm');
}

/** Writes the folder's `arm.json`. */
export function writeArmDescription(folder: string, arm: ArmFile): Promise<void> {
  return writeFolderDocument(folder, armFileName, arm);
}
