import { LockscopeError } from '@/lib/errors';
import { Uint32List } from '@/lib/profile/growable';
import { mixed, RowIndex } from './row-index';
import type { Symbols } from './trace';

/** A million of each is far beyond any program; keeps damaged files from filling the memory. */
const maxSymbols = 1_048_576;

/** Interns strings, frames and stacks of all generations under ids of our own. O(1) each, O(frames) for a stack. */
export class SymbolTable {
  readonly #strings: string[] = [''];
  readonly #stringIds = new Map<string, number>([['', 0]]);
  readonly #frameFunction = new Uint32List();
  readonly #frameFile = new Uint32List();
  readonly #frameLine = new Uint32List();
  readonly #frameRows = new RowIndex();
  readonly #stackStart = new Uint32List();
  readonly #stackFrames = new Uint32List();
  readonly #stackRows = new RowIndex();

  constructor() {
    this.#stackStart.push(0);
    this.#stackStart.push(0);
  }

  /** Throws `gotrace.symbols` when there are too many, as `frame` and `stack` do. */
  string(text: string): number {
    const known = this.#stringIds.get(text);
    if (known !== undefined) return known;
    const id = next(this.#strings.length, 'strings');
    this.#strings.push(text);
    this.#stringIds.set(text, id);
    return id;
  }

  text(id: number): string {
    return this.#strings[id] ?? '';
  }

  /** A line beyond 32 bits is no line of a file: 0. */
  frame(functionId: number, fileId: number, line: number): number {
    const shown = line >= 0 && line <= 0xffff_ffff ? line : 0;
    const hash = mixed(mixed(mixed(0, functionId), fileId), shown);
    const known = this.#frameRows.find(
      hash,
      (row) =>
        this.#frameLine.at(row) === shown &&
        this.#frameFunction.at(row) === functionId &&
        this.#frameFile.at(row) === fileId,
    );
    if (known !== -1) return known;
    const id = next(this.#frameFunction.length, 'frames');
    this.#frameFunction.push(functionId);
    this.#frameFile.push(fileId);
    this.#frameLine.push(shown);
    this.#frameRows.add(hash, id);
    return id;
  }

  /** `frames` are leaf first; no frames is stack 0. */
  stack(frames: Uint32Array): number {
    if (frames.length === 0) return 0;
    let hash = frames.length;
    for (const frame of frames) hash = mixed(hash, frame);
    const known = this.#stackRows.find(hash, (row) => this.#holds(row, frames));
    if (known !== -1) return known;
    const id = next(this.#stackStart.length - 1, 'stacks');
    for (const frame of frames) this.#stackFrames.push(frame);
    this.#stackStart.push(this.#stackFrames.length);
    this.#stackRows.add(hash, id);
    return id;
  }

  /** String id of the outermost frame's function; 0 for no stack. */
  outermostFunction(stack: number): number {
    const end = this.#stackStart.at(stack + 1);
    return end > this.#stackStart.at(stack) ? this.#frameFunction.at(this.#stackFrames.at(end - 1)) : 0;
  }

  /** Frames of a stack, leaf first. */
  framesOf(stack: number): { readonly function: string; readonly line: number }[] {
    return Array.from(
      this.#stackFrames.view().subarray(this.#stackStart.at(stack), this.#stackStart.at(stack + 1)),
      (frame) => ({
        function: this.text(this.#frameFunction.at(frame)),
        line: this.#frameLine.at(frame),
      }),
    );
  }

  /** Everything interned so far; valid until more is. */
  symbols(): Symbols {
    return {
      strings: this.#strings,
      frameFunction: this.#frameFunction.view(),
      frameFile: this.#frameFile.view(),
      frameLine: this.#frameLine.view(),
      stackStart: this.#stackStart.view(),
      stackFrames: this.#stackFrames.view(),
    };
  }

  #holds(stack: number, frames: Uint32Array): boolean {
    const start = this.#stackStart.at(stack);
    if (this.#stackStart.at(stack + 1) - start !== frames.length) return false;
    return frames.every((frame, index) => this.#stackFrames.at(start + index) === frame);
  }
}

function next(count: number, what: string): number {
  if (count >= maxSymbols) throw new LockscopeError('gotrace.symbols', `more than ${maxSymbols} different ${what}`);
  return count;
}
