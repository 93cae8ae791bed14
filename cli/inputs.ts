import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode, errorMessage, LockscopeError } from '@/lib/errors';
import { decodePprof } from '@/lib/pprof/decode';
import { kindOfProfile, type ProfileKind } from '@/lib/pprof/kind';
import type { WireProfile } from '@/lib/pprof/wire-profile';
import { recogniseOther } from './recognise';

/** A file or folder as it was named, with the kind that the user gave it. */
export interface NamedPath {
  readonly path: string;
  readonly kind: 'block' | 'mutex' | undefined;
}

export interface ProfileFile {
  readonly file: string;
  readonly kind: ProfileKind;
  readonly profile: WireProfile;
}

export interface LeftOutFile {
  readonly file: string;
  readonly reason: string;
}

export interface Inputs {
  /** In the order named; folders in natural name order. */
  readonly profiles: readonly ProfileFile[];
  readonly leftOut: readonly LeftOutFile[];
}

/**
 * Reads what `paths` name and keeps the profiles of the wanted kinds; the rest is left out with its reason. Kinds are
 * told by content. Throws `input.unusable` when the only file named cannot be used, or nothing at all can, and
 * `input.missing` for a path that does not exist.
 */
export async function readInputs(paths: readonly NamedPath[], wanted: readonly ProfileKind[]): Promise<Inputs> {
  const files = (await Promise.all(paths.map(expand))).flat();
  const profiles: ProfileFile[] = [];
  const leftOut: LeftOutFile[] = [];
  for (const { path, kind } of files) {
    const read = readProfile(path, await readFile(path), kind, wanted);
    if ('reason' in read) leftOut.push(read);
    else profiles.push(read);
  }
  if (profiles.length === 0) throw unusable(leftOut, wanted);
  return { profiles, leftOut };
}

async function expand(named: NamedPath): Promise<NamedPath[]> {
  const info = await stat(named.path).catch((error: unknown) => {
    const reason = errorCode(error) === 'ENOENT' ? 'no such file or folder' : errorMessage(error);
    throw new LockscopeError('input.missing', `${named.path}: ${reason}`, { place: named.path, cause: error });
  });
  if (!info.isDirectory()) return [named];
  const natural = new Intl.Collator('en', { numeric: true });
  const entries = await readdir(named.path, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort((a, b) => natural.compare(a, b) || (a < b ? -1 : 1))
    .map((name) => ({ path: join(named.path, name), kind: named.kind }));
}

function readProfile(
  file: string,
  bytes: Uint8Array,
  given: NamedPath['kind'],
  wanted: readonly ProfileKind[],
): ProfileFile | LeftOutFile {
  let profile: WireProfile;
  try {
    profile = decodePprof(bytes);
  } catch (error) {
    const other = recogniseOther(bytes);
    return { file, reason: other === undefined ? errorMessage(error) : `${other}: a kind this command does not read` };
  }
  const told = kindOfProfile(profile).kind;
  const isContention = profile.sampleTypes.some(({ type }) => type === 'contentions');
  const kind = given !== undefined && isContention ? given : told;
  if (wanted.includes(kind)) return { file, kind, profile };
  if (kind !== 'unknown') return { file, reason: `a ${kind} profile: a kind this command does not read` };
  if (!isContention) {
    const types = profile.sampleTypes.map(({ type, unit }) => `${type}/${unit}`).join(', ');
    return { file, reason: `a pprof profile of an unknown kind (${types || 'no sample types'})` };
  }
  const why =
    profile.samples.length === 0 ? 'it has no samples' : 'its stacks are not symbolised or look alike in both';
  return { file, reason: `block or mutex: nothing in the file tells which (${why}); --block or --mutex can` };
}

function unusable(leftOut: readonly LeftOutFile[], wanted: readonly ProfileKind[]): LockscopeError {
  const expected = `expected a ${wanted.join(' or ')} profile (pprof, plain or gzip)`;
  const [only, ...more] = leftOut;
  if (only !== undefined && more.length === 0) {
    return new LockscopeError('input.unusable', `${only.file}: ${only.reason}; ${expected}`, { place: only.file });
  }
  const reasons = leftOut.map(({ file, reason }) => `\n  ${file}: ${reason}`).join('');
  return new LockscopeError('input.unusable', `nothing usable in the input; ${expected}${reasons}`);
}
