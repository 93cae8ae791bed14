import type { WireProfile } from '@/lib/pprof/wire-profile';

/** Frames of a stack that are looked at where the profile does not tell which calls were inlined. */
export const framesWithoutInlining = 5;

/** One frame as Go's own reader tells frames apart. */
export interface EdgeFrame {
  readonly function: string;
  readonly file: string;
  readonly startLine: number;
  readonly line: number;
  readonly address: bigint;
}

export interface CallEdge {
  readonly caller: EdgeFrame;
  readonly callee: EdgeFrame;
}

/** False when addresses are gone, and with them which source lines were one machine location: what a store keeps. */
export function tellsInlining({ locations }: WireProfile): boolean {
  for (let location = 0; location < locations.length; location++) {
    const lines = (locations.lineOffsets[location + 1] ?? 0) - (locations.lineOffsets[location] ?? 0);
    if (lines > 1) return true;
    if (lines === 1 && ((locations.addressLow[location] ?? 0) | (locations.addressHigh[location] ?? 0)) !== 0)
      return true;
  }
  return locations.length === 0;
}

/**
 * The calls of one sample that `go build -pgo` counts: those inside its two machine locations nearest the leaf, with
 * what was inlined there, and between the two; callers further up are seldom the reason why a callee is hot
 * (internal/profile.NewGraph, Go 1.22 to 1.27). A call counts once a sample; a frame that calls itself on the same
 * line does not count. Where inlining is not told, the calls among the five frames nearest the leaf.
 * Undefined elements are calls from or to a frame without a name.
 */
export function callEdgesOfSample(wire: WireProfile, sample: number, inlining: boolean): (CallEdge | undefined)[] {
  const frames = framesNearLeaf(wire, sample, inlining ? 2 : framesWithoutInlining);
  const seen = new Set<string>();
  const edges: (CallEdge | undefined)[] = [];
  for (const [index, callee] of frames.entries()) {
    const caller = frames[index + 1];
    if (index + 1 >= frames.length) break;
    const key = `${keyOf(caller)} ${keyOf(callee)}`;
    if (keyOf(caller) === keyOf(callee) || seen.has(key)) continue;
    seen.add(key);
    edges.push(caller === undefined || callee === undefined ? undefined : { caller, callee });
  }
  return edges;
}

/** Lines of the sample's `count` locations nearest the leaf, leaf first; undefined = without a name. */
function framesNearLeaf(wire: WireProfile, sample: number, count: number): (EdgeFrame | undefined)[] {
  const { offsets, locations } = wire.samples;
  const start = offsets[sample] ?? 0;
  const end = Math.min(offsets[sample + 1] ?? 0, start + count);
  return Array.from(locations.subarray(start, end)).flatMap((location) => linesOf(wire, location));
}

function linesOf(wire: WireProfile, location: number): (EdgeFrame | undefined)[] {
  const { lineOffsets, lineFunction, lineNumber, addressLow, addressHigh } = wire.locations;
  const address = (BigInt(addressHigh[location] ?? 0) << 32n) | BigInt(addressLow[location] ?? 0);
  const start = lineOffsets[location] ?? 0;
  const lines = Array.from({ length: (lineOffsets[location + 1] ?? 0) - start }, (_, line) => start + line);
  if (lines.length === 0) return [undefined];
  return lines.map((line) => {
    const row = lineFunction[line] ?? 0;
    const name = wire.strings[wire.functions.name[row] ?? 0] ?? '';
    if (name === '') return undefined;
    return {
      function: name,
      file: wire.strings[wire.functions.file[row] ?? 0] ?? '',
      startLine: wire.functions.startLine[row] ?? 0,
      line: lineNumber[line] ?? 0,
      address,
    };
  });
}

function keyOf(frame: EdgeFrame | undefined): string {
  return frame === undefined ? '?' : `${frame.function}:${frame.startLine}:${frame.line}:${frame.address}`;
}
