import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { errorCode, LockscopeError } from '@/lib/errors';

const known = <T extends z.ZodType>(type: T) => type.nullable().default(null);

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
export async function readArmDescription(folder: string): Promise<ArmFile | undefined> {
  const path = join(folder, armFileName);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
  const parsed = armSchema.safeParse(jsonOf(text, path));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new LockscopeError('input.arm', `${path}: ${issue?.path.join('.')}: ${issue?.message}`, { place: path });
}

/** Writes the folder's `arm.json`. */
export async function writeArmDescription(folder: string, arm: ArmFile): Promise<void> {
  await writeFile(join(folder, armFileName), `${JSON.stringify(arm, null, 1)}\n`);
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new LockscopeError('input.arm', `${path}: not JSON`, { place: path });
  }
}
