import type { Frame } from '@/lib/profile/profile';

/** A Go release as far as it is known: 1.23.5 is { minor: 23 }. Go 1 has no other major version. */
export interface GoRelease {
  readonly minor: number;
  readonly patch: number | undefined;
}

/** Reads `go1.23.5`, `1.23`, `go1.26rc1`; undefined when the text is no Go version. */
export function parseGoVersion(text: string): GoRelease | undefined {
  const match = /^(?:go)?1\.(\d{1,3})(?:\.(\d{1,4}))?(?:(?:rc|beta)\d+)?(?:[ -].*)?$/.exec(text.trim());
  if (match === null) return undefined;
  return { minor: Number(match[1]), patch: match[2] === undefined ? undefined : Number(match[2]) };
}

/** Versions that stacks allow, both ends included; `to` undefined = no upper end seen. */
export interface GoRange {
  readonly from: number;
  readonly to: number | undefined;
}

/** What a frame says about the runtime it ran in: the first minor version with it, and the last. */
const marks: readonly (readonly [pattern: RegExp, from: number | undefined, to: number | undefined])[] = [
  [/^internal\/sync\./, 24, undefined],
  [/^runtime\.unlock$/, 25, undefined],
  [/^sync\.\(\*WaitGroup\)\.Go(?:\.func\d+)?$/, 25, undefined],
  [/\.(?:gowrap|deferwrap)\d+$/, 22, undefined],
  [/·dwrap·\d+$/, undefined, 21],
  [/^runtime\._LostContendedRuntimeLock$/, 22, undefined],
  [/^runtime\.unique_runtime_registerUniqueMapCleanup/, 23, 24],
  [/^sync\.\(\*Map\)\.Swap$/, 20, undefined],
  [/^sync\.\(\*Map\)\.(?:dirtyLocked|missLocked)$/, undefined, 24],
  [/^sync\.Once(?:Func|Value|Values)/, 21, undefined],
];

/** `/usr/lib/go-1.19/src/…`, `/opt/go1.23.5/src/…`, `…/golang.org/toolchain@v0.0.1-go1.23.5.linux-amd64/src/…`. */
const libraryPath = /(?:\/|@v0\.0\.1-)go-?1\.(\d{1,3})(?:\.\d+)?(?:rc\d+)?(?:\.[a-z0-9]+-[a-z0-9]+)?\/src\//;

/**
 * The Go versions that the frames of one process allow; undefined when no frame tells anything or the frames
 * contradict each other. Library paths (`/usr/lib/go-1.19/…`, `…/go1.23.5/src/…`) name the version outright.
 */
export function inferGoRange(frames: Iterable<Frame>): GoRange | undefined {
  let from: number | undefined;
  let to: number | undefined;
  for (const frame of frames) {
    const named = libraryPath.exec(frame.file)?.[1];
    if (named !== undefined && isStandardLibrary(frame.function)) {
      from = Math.max(from ?? 0, Number(named));
      to = Math.min(to ?? Number.POSITIVE_INFINITY, Number(named));
    }
    for (const [pattern, first, last] of marks) {
      if (!pattern.test(frame.function)) continue;
      if (first !== undefined) from = Math.max(from ?? 0, first);
      if (last !== undefined) to = Math.min(to ?? Number.POSITIVE_INFINITY, last);
    }
  }
  if (from === undefined && to === undefined) return undefined;
  if (from !== undefined && to !== undefined && from > to) return undefined;
  return { from: from ?? 1, to };
}

function isStandardLibrary(name: string): boolean {
  return /^(?:runtime|sync|internal|net|os|time|log)[./]/.test(name);
}

/** `go1.24 or newer`, `go1.21 or older`, `go1.23`: the text that stands after ≈. */
export function describeGoRange(range: GoRange): string {
  if (range.to === undefined) return `go1.${range.from} or newer`;
  if (range.from === range.to) return `go1.${range.from}`;
  return range.from <= 1 ? `go1.${range.to} or older` : `go1.${range.from} to go1.${range.to}`;
}

/** How a mutex profile counts delay (docs/semantics.md#go-122). */
export type MutexMeaning = 'all waiters' | 'first waiter' | 'mixed' | 'unknown';

/**
 * Go 1.22 changed the mutex profile from "time during which somebody waited" to "sum over all waiters". Values on
 * the two sides are never compared or added. `first waiter` is Go 1.21 and older.
 */
export function mutexMeaning(versions: readonly string[]): MutexMeaning {
  const releases = versions.map(parseGoVersion);
  const known = releases.filter((release) => release !== undefined);
  if (known.length === 0 || known.length < releases.length) return 'unknown';
  const after = known.filter((release) => release.minor >= 22).length;
  if (after === known.length) return 'all waiters';
  return after === 0 ? 'first waiter' : 'mixed';
}
