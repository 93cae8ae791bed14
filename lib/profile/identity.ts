import { createHash } from 'node:crypto';
import type { Frame } from './profile';
import { SequenceTable } from './sequence-table';
import type { StackId } from './site';

/** A stack by content. The same object comes back for the same stack while the hasher remembers it. */
export interface HashedStack {
  readonly id: StackId;
  /** Bytes 8-15 of the hash. */
  readonly chk: bigint;
  /** Leaf first. */
  readonly frames: readonly Frame[];
}

/** Bytes 0-7 and 8-15 (big endian) of SHA-256 over `function\0file\0line\n` per frame, leaf first, in UTF-8. */
export function stackIdOf(frames: readonly Frame[]): { id: StackId; chk: bigint } {
  let text = '';
  for (const frame of frames) text += `${frame.function}\0${frame.file}\0${frame.line}\n`;
  const digest = createHash('sha256').update(text).digest();
  return { id: digest.readBigUInt64BE(0), chk: digest.readBigUInt64BE(8) };
}

/**
 * Hashes stacks whose frames come back again and again: functions, frames and stacks are numbered by content,
 * so a known stack costs one lookup. It forgets everything when it holds more than `maxStacks` (checked by `trim`),
 * rather than keeping an order of use: a service has few hundred stacks, and what is forgotten is only computed again.
 */
export class StackHasher {
  readonly maxStacks: number;
  private strings = new Map<string, number>();
  private functions = new SequenceTable();
  private functionFrames: Frame[] = [];
  private frames = new SequenceTable();
  private frameList: Frame[] = [];
  private stacks = new SequenceTable();
  private known: HashedStack[] = [];
  private readonly functionKey = new Uint32Array(3);
  private readonly frameKey = new Uint32Array(2);

  constructor(maxStacks = 100_000) {
    this.maxStacks = maxStacks;
  }

  /** Forgets everything when over the bound: numbers given before are void then. Call before a profile. */
  trim(): void {
    const bound = this.maxStacks;
    if (this.known.length <= bound && this.frameList.length <= bound && this.strings.size <= bound) return;
    this.strings = new Map();
    this.functions = new SequenceTable();
    this.functionFrames = [];
    this.frames = new SequenceTable();
    this.frameList = [];
    this.stacks = new SequenceTable();
    this.known = [];
  }

  /** The number of a function. */
  function(name: string, file: string, startLine: number): number {
    const key = this.functionKey;
    key[0] = this.string(name);
    key[1] = this.string(file);
    key[2] = startLine;
    const row = this.functions.intern(key);
    if (row === this.functionFrames.length) this.functionFrames.push({ function: name, file, line: 0, startLine });
    return row;
  }

  /** The number of a line of a function. */
  frame(functionRow: number, line: number): number {
    const key = this.frameKey;
    key[0] = functionRow;
    key[1] = line;
    const row = this.frames.intern(key);
    const known = this.functionFrames[functionRow];
    if (row === this.frameList.length && known !== undefined) this.frameList.push({ ...known, line });
    return row;
  }

  /** The stack of these frame numbers, leaf first. */
  stack(frameRows: Uint32Array, start: number, end: number): HashedStack {
    const row = this.stacks.intern(frameRows, start, end);
    const known = this.known[row];
    if (known !== undefined) return known;
    const frames: Frame[] = [];
    for (let i = start; i < end; i++) {
      const frame = this.frameList[frameRows[i] ?? 0];
      if (frame !== undefined) frames.push(frame);
    }
    const stack = { ...stackIdOf(frames), frames };
    this.known.push(stack);
    return stack;
  }

  private string(text: string): number {
    const known = this.strings.get(text);
    if (known !== undefined) return known;
    this.strings.set(text, this.strings.size);
    return this.strings.size - 1;
  }
}
