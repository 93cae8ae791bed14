import type { ContentionNote } from '@/lib/contention/input';
import { describeGoRange, type GoRange, inferGoRange, parseGoVersion } from '@/lib/contention/version';
import { framesOfSample } from '@/lib/pprof/frames';
import type { Frame } from '@/lib/profile/profile';
import type { ProfileFile } from './inputs';

export interface GoFacts {
  /** One version, `go1.23.5` or `go1.24 or newer`; empty = not known. */
  readonly versions: readonly string[];
  readonly inferred: boolean;
  /** `go-contradicted` when the given version cannot have written these stacks. */
  readonly notes: readonly ContentionNote[];
}

/** The given version, else what the stacks of the files allow as far as it lies on one side of Go 1.22. */
export function goVersionOf(files: readonly ProfileFile[], given: string | undefined): GoFacts {
  const range = inferGoRange(framesOf(files));
  if (given !== undefined) return { versions: [given], inferred: false, notes: contradictions(given, range) };
  if (range === undefined || !isOneSided(range)) return { versions: [], inferred: false, notes: [] };
  return { versions: [describeGoRange(range)], inferred: true, notes: [] };
}

function contradictions(given: string, range: GoRange | undefined): ContentionNote[] {
  const minor = parseGoVersion(given)?.minor;
  if (minor === undefined || range === undefined) return [];
  if (minor >= range.from && minor <= (range.to ?? Number.POSITIVE_INFINITY)) return [];
  const message = `--go says ${given}, but the stacks are those of ${describeGoRange(range)}: what depends on the version goes by --go`;
  return [{ code: 'go-contradicted', message }];
}

function isOneSided(range: GoRange): boolean {
  return range.from >= 22 || (range.to !== undefined && range.to <= 21);
}

function* framesOf(files: readonly ProfileFile[]): Iterable<Frame> {
  for (const { profile } of files) {
    for (let sample = 0; sample < profile.samples.length; sample++) yield* framesOfSample(profile, sample);
  }
}
