import { Uint32List } from '@/lib/profile/growable';
import type { Symbols } from './trace';

/** Interns strings, frames and stacks of all generations under ids of our own. O(1) each, O(frames) for a stack. */
export class SymbolTable {
  readonly #strings: string[] = [''];
  readonly #stringIds = new Map<string, number>([['', 0]]);
  readonly #frameFunction = new Uint32List();
  readonly #frameFile = new Uint32List();
  readonly #frameLine = new Uint32List();
  readonly #frameIds = new Map<string, number>();
  readonly #stackStart = new Uint32List();
  readonly #stackFrames = new Uint32List();
  readonly #stackIds = new Map<string, number>([['', 0]]);

  constructor() {
    this.#stackStart.push(0);
    this.#stackStart.push(0);
  }

  string(text: string): number {
    const known = this.#stringIds.get(text);
    if (known !== undefined) return known;
    const id = this.#strings.length;
    this.#strings.push(text);
    this.#stringIds.set(text, id);
    return id;
  }

  text(id: number): string {
    return this.#strings[id] ?? '';
  }

  frame(functionId: number, fileId: number, line: number): number {
    const key = `${functionId} ${fileId} ${line}`;
    const known = this.#frameIds.get(key);
    if (known !== undefined) return known;
    const id = this.#frameFunction.length;
    this.#frameFunction.push(functionId);
    this.#frameFile.push(fileId);
    this.#frameLine.push(line);
    this.#frameIds.set(key, id);
    return id;
  }

  /** `frames` are leaf first; no frames is stack 0. */
  stack(frames: readonly number[]): number {
    const key = frames.join(' ');
    const known = this.#stackIds.get(key);
    if (known !== undefined) return known;
    const id = this.#stackStart.length - 1;
    for (const frame of frames) this.#stackFrames.push(frame);
    this.#stackStart.push(this.#stackFrames.length);
    this.#stackIds.set(key, id);
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
}
