import type { Frame } from '@/lib/profile/profile';
import type { SiteDef } from '@/lib/profile/site';
import { familyOf, isLockFamily } from './family';
import { matchesAny } from './function-pattern';
import { isWrapperFrame, parseGoName, withoutRangeSuffix } from './go-name';
import { hashFields, lockId, waitId } from './identity';
import { kindOfPrefix, type Role, type SiteKind, waitKindOf } from './kind';
import { isRuntimeNoise } from './noise';

/** Functions to look through when finding a site; see `matchesAny` for the forms. */
export const defaultWrappers: readonly string[] = ['github.com/sasha-s/go-deadlock.*'];

/** Function of a site whose code has no name: it is counted, and nobody is accused. */
export const unsymbolised = '';

const libraryPackages: ReadonlySet<string> = new Set(['runtime', 'sync', 'internal/sync', 'internal/poll']);
const noFrame: Frame = { function: unsymbolised, file: '', line: 0, startLine: 0 };

export interface StackSite {
  readonly site: SiteDef;
  /** The lock-level row that the site adds up to. */
  readonly lock: SiteDef;
}

/**
 * Where a stack's operation stands in the code, and the lock or wait it belongs to. `frames` are leaf first with type
 * arguments written `[...]`. For waits and holds the site is the first frame outside runtime, sync, internal/sync,
 * internal/poll and `options.wrappers`; frames the compiler adds are skipped unless no other is left. For role
 * `other` (CPU, heap, goroutines) it is the leaf. A stack of runtime housekeeping has that runtime function as site.
 */
export function siteOfStack(
  frames: readonly Frame[],
  role: Role,
  options: { readonly wrappers: readonly string[] },
): StackSite {
  const written = frames.filter((frame) => !isWrapperFrame(frame.function));
  const kept = written.length > 0 ? written : frames;
  if (role === 'other') {
    const leaf = kept[0] ?? noFrame;
    return define('other', leaf, kept.length <= 1, leaf.function);
  }
  const found = kept.findIndex((frame) => !isLibraryFrame(frame.function, options.wrappers));
  const end = found < 0 ? kept.length : found;
  const prefix = kept.slice(0, end);
  const names = prefix.map((frame) => frame.function);
  const kind = kindOfPrefix(names, role);
  const frame = prefix.find((inner) => isRuntimeNoise(inner.function)) ?? kept[found] ?? kept.at(-1) ?? noFrame;
  const root = kept.slice(end + 1).every((outer) => isScaffold(outer.function));
  return define(kind, frame, root, kind === 'runtime lock' ? runtimeLockOwner(names) : frame.function);
}

function define(kind: SiteKind, frame: Frame, outermost: boolean, owner: string): StackSite {
  const name = isSymbolised(frame.function) ? withoutRangeSuffix(frame.function) : unsymbolised;
  const owned = isSymbolised(owner) ? withoutRangeSuffix(owner) : unsymbolised;
  const family = familyOf(kind);
  const joins = isLockFamily(family) || family === 'runtime';
  // A lock is one whether a goroutine begins at it or not; for other waits it tells idle loops from requests.
  const root = outermost && !joins;
  const lock = joins ? lockId(family, owned) : waitId(kind, owned, root);
  const { file, line, startLine } = frame;
  const key = ['row', kind, name, file, String(line), String(startLine), root ? 'root' : '', idKey(lock)];
  return {
    site: { id: hashFields(key), level: 'site', kind, family, function: name, file, line, startLine, root, lock },
    // Every site of the lock writes the same row: what differs from site to site is left empty.
    lock: {
      id: lock,
      level: 'lock',
      kind: waitKindOf(kind),
      family,
      function: owned,
      file: '',
      line: 0,
      startLine: 0,
      root,
      lock,
    },
  };
}

function idKey(id: bigint): string {
  return id.toString(16);
}

function isSymbolised(name: string): boolean {
  return name !== '' && !/^0x[0-9a-f]+$/i.test(name);
}

function isLibraryFrame(name: string, wrappers: readonly string[]): boolean {
  const path = parseGoName(name).package;
  if (libraryPackages.has(path) || path.startsWith('internal/runtime/')) return true;
  return matchesAny(name, wrappers);
}

/** Frames that only start a goroutine: what they call is its root. */
function isScaffold(name: string): boolean {
  return /^runtime\.|^sync\.\(\*WaitGroup\)\.Go\.func\d+$|\/errgroup\.\(\*Group\)\.(?:Go|TryGo)\.func\d+$/.test(name);
}

/** The runtime function whose lock was released: the first frame beyond the unlock calls themselves. */
function runtimeLockOwner(names: readonly string[]): string {
  return names.find((name) => !/^runtime\.unlock/.test(name)) ?? names[0] ?? unsymbolised;
}
