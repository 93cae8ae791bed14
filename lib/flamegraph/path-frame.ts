import type { Profile } from '@/lib/profile/profile';
import { isCompilerWrapper } from './origin';
import { hashText, mixHash, type PathHash } from './path-hash';

/** One box-to-be: frames with equal `key` under the same parent are the same node. */
export interface PathFrame {
  readonly key: number;
  readonly name: string;
  readonly file: string;
  /** 1-based; 0 = unknown. */
  readonly line: number;
  /** True when the line tells two nodes apart (the site of a lock operation). */
  readonly byLine: boolean;
  readonly hash: PathHash;
}

const libraryPrefix = /^(?:runtime|sync|internal\/sync|internal\/poll|github\.com\/sasha-s\/go-deadlock)\./;

/**
 * True for frames below the site of a blocking operation: runtime, sync, internal/poll, go-deadlock, and the
 * wrappers the compiler makes for `defer` and `go` (their line is not where the program unlocks).
 */
export function isLibraryFrame(name: string): boolean {
  return libraryPrefix.test(name) || isCompilerWrapper(name);
}

/** Stack i of the profile, outermost frame first. Equal stacks give the same array; do not change it. */
export type StackPaths = (stack: number) => readonly PathFrame[];

/**
 * Gives the frames of a profile's stacks, outermost first. Frames are functions (name and file); in block and
 * mutex profiles the site of the operation, the first frame outside the library, is told apart by its line,
 * because two Lock() calls of one function are two places. Unsymbolised locations show their address.
 */
export function stackPaths(profile: Profile): StackPaths {
  const bySite = profile.sampleTypes.some(({ type }) => type === 'delay' || type === 'contentions');
  const functionFrames: (PathFrame | undefined)[] = [];
  const siteFrames: (PathFrame | undefined)[] = [];
  const paths: (readonly PathFrame[] | undefined)[] = [];

  function frameAt(location: number, byLine: boolean): PathFrame {
    const known = byLine ? siteFrames[location] : functionFrames[location];
    if (known !== undefined) return known;
    const frame = makeFrame(profile, location, byLine);
    if (byLine) siteFrames[location] = frame;
    else functionFrames[location] = frame;
    return frame;
  }

  return (stack) => {
    const known = paths[stack];
    if (known !== undefined) return known;
    const start = profile.stacks.offsets[stack] ?? 0;
    const end = profile.stacks.offsets[stack + 1] ?? start;
    const path: PathFrame[] = [];
    let inLibrary = bySite;
    for (let at = start; at < end; at++) {
      const location = profile.stacks.locations[at] ?? 0;
      const plain = frameAt(location, false);
      const isSite = inLibrary && at > start && !isLibraryFrame(plain.name);
      if (isSite || !isLibraryFrame(plain.name)) inLibrary = false;
      path.push(isSite ? frameAt(location, true) : plain);
    }
    path.reverse();
    paths[stack] = path;
    return path;
  };
}

function makeFrame(profile: Profile, location: number, byLine: boolean): PathFrame {
  const { functions, locations, strings } = profile;
  const func = locations.func[location] ?? -1;
  const line = locations.line[location] ?? 0;
  if (func < 0) {
    const name = `0x${(locations.address[location] ?? 0n).toString(16)}`;
    // Behind the functions' keys (0 ..) and the sites' keys (functions.length ..).
    const key = functions.length + locations.length + location;
    return { key, name, file: '', line: 0, byLine: false, hash: hashText(name) };
  }
  const name = strings[functions.name[func] ?? 0] ?? '';
  const file = strings[functions.file[func] ?? 0] ?? '';
  const hash = mixHash(hashText(name), hashText(byLine ? `${file}:${line}` : file));
  return { key: byLine ? functions.length + location : func, name, file, line, byLine, hash };
}
