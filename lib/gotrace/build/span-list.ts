import { Float64List, Uint32List } from '@/lib/profile/growable';
import type { Tasks, UserLogs } from '../trace';

/** Goroutines and rows are kept as index + 1, so that 0 is none. */
const noneAsZero = 1;

/** Columns of tasks or regions. */
export class SpanList {
  readonly #id = new Float64List();
  readonly #parent = new Float64List();
  readonly #name = new Uint32List();
  readonly #goroutine = new Uint32List();
  readonly #startNs = new Float64List();
  readonly #endNs = new Float64List();

  get length(): number {
    return this.#id.length;
  }

  /** Returns the row's number. */
  add(id: number, parent: number, name: number, goroutine: number, startNs: number, endNs: number): number {
    this.#id.push(id);
    this.#parent.push(parent);
    this.#name.push(name);
    this.#goroutine.push(goroutine + noneAsZero);
    this.#startNs.push(startNs);
    this.#endNs.push(endNs);
    return this.length - 1;
  }

  /** Sets the end of a row and returns its id. */
  end(row: number, endNs: number): number {
    this.#endNs.set(row, endNs);
    return this.#id.at(row);
  }

  /** Forgets the rows from `length` on. */
  truncate(length: number): void {
    for (const column of [this.#id, this.#parent, this.#name, this.#goroutine, this.#startNs, this.#endNs])
      column.length = length;
  }

  columns(): Tasks {
    return {
      count: this.length,
      id: this.#id.copy(),
      parent: this.#parent.copy(),
      name: this.#name.copy(),
      goroutine: Int32Array.from(this.#goroutine.view(), (goroutine) => goroutine - noneAsZero),
      startNs: this.#startNs.copy(),
      endNs: this.#endNs.copy(),
    };
  }
}

/** Columns of log messages. */
export class LogList {
  readonly #timeNs = new Float64List();
  readonly #goroutine = new Uint32List();
  readonly #task = new Float64List();
  readonly #key = new Uint32List();
  readonly #value = new Uint32List();
  readonly #afterRow = new Uint32List();

  get length(): number {
    return this.#timeNs.length;
  }

  add(timeNs: number, goroutine: number, task: number, key: number, value: number, afterRow: number): void {
    this.#timeNs.push(timeNs);
    this.#goroutine.push(goroutine + noneAsZero);
    this.#task.push(task);
    this.#key.push(key);
    this.#value.push(value);
    this.#afterRow.push(afterRow + noneAsZero);
  }

  truncate(length: number): void {
    for (const column of [this.#timeNs, this.#goroutine, this.#task, this.#key, this.#value, this.#afterRow])
      column.length = length;
  }

  columns(): UserLogs {
    return {
      count: this.length,
      timeNs: this.#timeNs.copy(),
      goroutine: Int32Array.from(this.#goroutine.view(), (goroutine) => goroutine - noneAsZero),
      task: this.#task.copy(),
      key: this.#key.copy(),
      value: this.#value.copy(),
      afterRow: Int32Array.from(this.#afterRow.view(), (row) => row - noneAsZero),
    };
  }
}
