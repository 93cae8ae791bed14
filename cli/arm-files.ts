import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { errorMessage, LockscopeError } from '@/lib/errors';
import { type BenchmarkText, readGoBench } from '@/lib/gotext/go-bench';
import { decodePprof } from '@/lib/pprof/decode';
import type { WireProfile } from '@/lib/pprof/wire-profile';
import { armFileName } from './ci-arm';
import { filesOfPath, noFiles } from './files-of-path';
import { kindOfWire, type LeftOutFile } from './inputs';
import { recogniseOther } from './recognise';

export type ArmKind = 'block' | 'mutex' | 'cpu';

/** What a file of an arm holds: a profile of one run, or the output of benchmarks, whose results are runs in order. */
export type ArmContent =
  | { readonly kind: ArmKind; readonly file: string; readonly profile: WireProfile }
  | { readonly kind: 'bench'; readonly file: string; readonly bench: BenchmarkText };

export interface ArmFiles {
  /** In the order named; folders in natural name order. */
  readonly contents: readonly ArmContent[];
  readonly leftOut: readonly LeftOutFile[];
}

const expected = 'expected block, mutex or CPU profiles (pprof), or the output of go test -bench';

/**
 * Reads what the paths of one arm name, each kind told by content; the rest is left out with its reason. Throws
 * `input.unusable` when nothing at all can be used, and what `filesOfPath` throws.
 */
export async function readArmFiles(arm: string, paths: readonly string[]): Promise<ArmFiles> {
  const contents: ArmContent[] = [];
  const leftOut: LeftOutFile[] = [];
  for (const path of paths) {
    const files = (await filesOfPath(path)).filter((file) => basename(file) !== armFileName);
    if (files.length === 0) leftOut.push({ file: path, reason: noFiles });
    for (const file of files) {
      const read = await readArmFile(file);
      if ('reason' in read) leftOut.push(read);
      else contents.push(read);
    }
  }
  if (contents.length > 0) return { contents, leftOut };
  const reasons = leftOut.map(({ file, reason }) => `\n  ${file}: ${reason}`).join('');
  throw new LockscopeError('input.unusable', `--${arm}: nothing usable in the input; ${expected}${reasons}`, {
    place: dirname(paths[0] ?? ''),
  });
}

/** One file by its content; `given` is what it was said to be, where empty profiles do not tell. */
export async function readArmFile(file: string, given?: ArmKind): Promise<ArmContent | LeftOutFile> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    return { file, reason: errorMessage(error) };
  }
  let profile: WireProfile;
  try {
    profile = decodePprof(bytes);
  } catch (error) {
    const other = recogniseOther(bytes);
    if (other !== 'go test -bench output')
      return {
        file,
        reason: other === undefined ? errorMessage(error) : `${other}: a kind this command does not read`,
      };
    const bench = readGoBench(new TextDecoder().decode(bytes));
    return bench.results.length > 0 ? { kind: 'bench', file, bench } : { file, reason: 'no benchmark finished in it' };
  }
  const kind = kindOfWire(profile, given === 'cpu' ? undefined : given);
  if ('reason' in kind) return { file, reason: kind.reason };
  if (kind.kind === 'block' || kind.kind === 'mutex' || kind.kind === 'cpu') return { kind: kind.kind, file, profile };
  return { file, reason: `a ${kind.kind} profile: a kind this command does not read` };
}
