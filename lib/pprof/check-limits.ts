import { LockscopeError } from '@/lib/errors';
import type { PprofLimits } from './limits';
import type { WireProfile } from './wire-profile';

/**
 * Bounds what expanding the stacks may cost: a small file can name one deep location, or one long name, from many
 * samples. Throws `pprof.limit` naming the string or sample.
 */
export function checkLimits(wire: WireProfile, limits: PprofLimits): void {
  const longest = checkStringLengths(wire.strings, limits);
  const frames = checkDepth(wire, limits);
  const labels = wire.samples.labelKey.length;
  // Two strings a frame, three a label: precise sums are needed only when even the coarse bound is high.
  if ((2 * frames + 3 * labels) * longest > limits.maxStackText) checkStackText(wire, limits);
}

function checkStringLengths(strings: readonly string[], limits: PprofLimits): number {
  let longest = 0;
  for (let i = 0; i < strings.length; i++) longest = Math.max(longest, strings[i]?.length ?? 0);
  if (longest > limits.maxStringLength) {
    const place = `string ${strings.findIndex(({ length }) => length > limits.maxStringLength)}`;
    throw overLimit(`a string of ${longest} characters (at most ${limits.maxStringLength})`, place);
  }
  return longest;
}

/** A location counts one frame per inlined line, at least one. Returns the frames of all stacks. */
function checkDepth({ samples, locations: table }: WireProfile, limits: PprofLimits): number {
  const { offsets, locations, length } = samples;
  const { lineOffsets } = table;
  let frames = 0;
  for (let sample = 0; sample < length; sample++) {
    let depth = 0;
    for (let i = offsets[sample] ?? 0; i < (offsets[sample + 1] ?? 0); i++) {
      const location = locations[i] ?? 0;
      depth += Math.max(1, (lineOffsets[location + 1] ?? 0) - (lineOffsets[location] ?? 0));
    }
    frames += depth;
    if (depth > limits.maxDepth) {
      throw overLimit(`a stack of ${depth} frames (at most ${limits.maxDepth})`, `sample ${sample}`);
    }
    if (frames > limits.maxFrames) throw overLimit(`more than ${limits.maxFrames} frames`, `sample ${sample}`);
  }
  return frames;
}

function checkStackText(wire: WireProfile, limits: PprofLimits): void {
  const { offsets, locations, labelOffsets, labelKey, labelString, labelUnit, length } = wire.samples;
  const textOfLocation = textPerLocation(wire);
  const lengthOf = (index: number | undefined) => wire.strings[index ?? 0]?.length ?? 0;
  let text = 0;
  for (let sample = 0; sample < length; sample++) {
    for (let i = offsets[sample] ?? 0; i < (offsets[sample + 1] ?? 0); i++) {
      text += textOfLocation[locations[i] ?? 0] ?? 0;
    }
    for (let i = labelOffsets[sample] ?? 0; i < (labelOffsets[sample + 1] ?? 0); i++) {
      text += lengthOf(labelKey[i]) + lengthOf(labelString[i]) + lengthOf(labelUnit[i]);
    }
    if (text > limits.maxStackText) {
      throw overLimit(`more than ${limits.maxStackText} characters of stacks and labels`, `sample ${sample}`);
    }
  }
}

function textPerLocation({ strings, functions, locations }: WireProfile): Float64Array {
  const text = new Float64Array(locations.length);
  for (let location = 0; location < locations.length; location++) {
    const end = locations.lineOffsets[location + 1] ?? 0;
    for (let line = locations.lineOffsets[location] ?? 0; line < end; line++) {
      const row = locations.lineFunction[line] ?? 0;
      const name = strings[functions.name[row] ?? 0]?.length ?? 0;
      text[location] = (text[location] ?? 0) + name + (strings[functions.file[row] ?? 0]?.length ?? 0);
    }
  }
  return text;
}

function overLimit(what: string, place: string): LockscopeError {
  return new LockscopeError('pprof.limit', what, { place });
}
