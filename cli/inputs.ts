import { readFile } from 'node:fs/promises';
import { errorMessage, LockscopeError } from '@/lib/errors';
import { decodePprof } from '@/lib/pprof/decode';
import { kindOfProfile, type ProfileKind } from '@/lib/pprof/kind';
import type { WireProfile } from '@/lib/pprof/wire-profile';
import { filesOfPath, noFiles } from './files-of-path';
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
 * what `filesOfPath` throws.
 */
export async function readInputs(paths: readonly NamedPath[], wanted: readonly ProfileKind[]): Promise<Inputs> {
  const named = await Promise.all(paths.map(async (path) => ({ ...path, files: await filesOfPath(path.path) })));
  const profiles: ProfileFile[] = [];
  const leftOut: LeftOutFile[] = [];
  for (const { path, kind, files } of named) {
    if (files.length === 0) leftOut.push({ file: path, reason: noFiles });
    for (const file of files) {
      const bytes = await readFile(file).catch((error: unknown) => ({ file, reason: errorMessage(error) }));
      const read = 'reason' in bytes ? bytes : readProfile(file, bytes, kind, wanted);
      if ('reason' in read) leftOut.push(read);
      else profiles.push(read);
    }
  }
  if (profiles.length === 0) throw unusable(leftOut, wanted);
  return { profiles, leftOut };
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
  const told = kindOfWire(profile, given);
  if ('reason' in told) return { file, reason: told.reason };
  if (wanted.includes(told.kind)) return { file, kind: told.kind, profile };
  return { file, reason: `a ${told.kind} profile: a kind this command does not read` };
}

/** What a profile is, by its content and by what the user said of it; why it cannot be told. */
export function kindOfWire(
  profile: WireProfile,
  given: NamedPath['kind'],
): { readonly kind: ProfileKind } | { readonly reason: string } {
  const told = kindOfProfile(profile).kind;
  const isContention = profile.sampleTypes.some(({ type }) => type === 'contentions');
  const kind = given !== undefined && isContention ? given : told;
  if (kind !== 'unknown') return { kind };
  if (!isContention) {
    const types = profile.sampleTypes.map(({ type, unit }) => `${type}/${unit}`).join(', ');
    return { reason: `a pprof profile of an unknown kind (${types || 'no sample types'})` };
  }
  const why =
    profile.samples.length === 0 ? 'it has no samples' : 'its stacks are not symbolised or look alike in both';
  return { reason: `block or mutex: nothing in the file tells which (${why}); --block or --mutex can` };
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
