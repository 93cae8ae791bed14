import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LockscopeError } from '@/lib/errors';
import { type DiffDocument, diffSchema } from '@/lib/query/api/diff';
import { formatBlockRate, formatBytes } from '@/lib/units-format';
import { type ArmFile, readArmDescription } from './ci-arm';
import { type CiMeta, readMeta } from './ci-meta';

export interface CommentInput {
  /** undefined = nothing could be compared. */
  readonly document: DiffDocument | undefined;
  readonly meta: CiMeta | undefined;
  /** One fact each: Go version, machine, rates. */
  readonly environment: readonly string[];
}

/** A fork's artifact is not read beyond this: 4,000 sites with 40 runs have 8 MB. */
const mostBytes = 32 * 1024 * 1024;

/** Reads what `ci run` and `ci compare` left. Throws `input.diff`, `input.meta`, `input.arm` for what is not as it should be. */
export async function readCommentInput(diff: string | undefined, folder: string | undefined): Promise<CommentInput> {
  const meta = folder === undefined ? undefined : await readMeta(folder);
  const arm = folder === undefined ? undefined : await readArmDescription(join(folder, 'head'));
  return {
    document: diff === undefined ? undefined : await readDiff(diff),
    meta,
    environment: arm === undefined ? [] : environmentOf(arm),
  };
}

async function readDiff(path: string): Promise<DiffDocument> {
  const { size } = await stat(path);
  const fault = (message: string) => new LockscopeError('input.diff', `${path}: ${message}`, { place: path });
  if (size > mostBytes) throw fault(`${formatBytes(size)}, at most ${formatBytes(mostBytes)}`);
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw cause instanceof SyntaxError ? fault('not JSON') : cause;
  }
  const parsed = diffSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw fault(`not a lockscope/diff/v1 document: ${issue?.path.join('.')}: ${issue?.message}`);
}

function environmentOf({ fingerprint }: ArmFile): string[] {
  const { goVersion, cpu, gomaxprocs, blockRate, mutexFraction } = fingerprint;
  return [
    goVersion === null ? '' : goVersion.replace(/^go/, 'Go '),
    cpu ?? '',
    gomaxprocs === null ? '' : `GOMAXPROCS ${gomaxprocs}`,
    blockRate === null ? '' : formatBlockRate(blockRate),
    mutexFraction === null ? '' : `mutex fraction ${mutexFraction}`,
  ].filter((fact) => fact !== '');
}
