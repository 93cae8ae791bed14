import type { HashedStack, StackHasher } from '@/lib/profile/identity';
import { addressFrame } from './frames';
import { goFunctionName } from './function-name';
import type { WireProfile } from './wire-profile';

/**
 * The stack of every sample, by content, aligned with the samples: what ingest stores, without making the model.
 * Equal stacks (with different labels, or addresses of one line) are the same object; their values are not added up.
 */
export function stackKeys(wire: WireProfile, hasher: StackHasher): HashedStack[] {
  hasher.trim();
  const { lineOffsets } = wire.locations;
  const frameOfLine = numberLines(wire, hasher);
  const { offsets, locations, length } = wire.samples;
  const keys: HashedStack[] = [];
  let frames = new Uint32Array(256);
  for (let sample = 0; sample < length; sample++) {
    let depth = 0;
    for (let i = offsets[sample] ?? 0; i < (offsets[sample + 1] ?? 0); i++) {
      const location = locations[i] ?? 0;
      const start = lineOffsets[location] ?? 0;
      const end = lineOffsets[location + 1] ?? 0;
      const needed = depth + Math.max(1, end - start);
      if (needed > frames.length) frames = enlarged(frames, needed);
      if (start === end) frames[depth++] = addressNumber(wire, hasher, location);
      for (let line = start; line < end; line++) {
        const frame = frameOfLine[line] ?? 0;
        frames[depth++] = frame === nameless ? addressNumber(wire, hasher, location) : frame;
      }
    }
    keys.push(hasher.stack(frames, 0, depth));
  }
  return keys;
}

const nameless = 0xffffffff;

function numberLines(wire: WireProfile, hasher: StackHasher): Uint32Array {
  const { name, file, startLine } = wire.functions;
  const { lineFunction, lineNumber } = wire.locations;
  const functionRow = new Uint32Array(wire.functions.length);
  for (let i = 0; i < functionRow.length; i++) {
    const text = wire.strings[name[i] ?? 0] ?? '';
    functionRow[i] =
      text === ''
        ? nameless
        : hasher.function(goFunctionName(text), wire.strings[file[i] ?? 0] ?? '', startLine[i] ?? 0);
  }
  const frames = new Uint32Array(lineFunction.length);
  for (let line = 0; line < frames.length; line++) {
    const row = functionRow[lineFunction[line] ?? 0] ?? 0;
    frames[line] = row === nameless ? nameless : hasher.frame(row, lineNumber[line] ?? 0);
  }
  return frames;
}

function addressNumber(wire: WireProfile, hasher: StackHasher, location: number): number {
  const frame = addressFrame(wire, location);
  return hasher.frame(hasher.function(frame.function, frame.file, 0), 0);
}

function enlarged(frames: Uint32Array<ArrayBuffer>, needed: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(needed, 2 * frames.length));
  larger.set(frames);
  return larger;
}
