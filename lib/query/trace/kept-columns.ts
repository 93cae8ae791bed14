import { LockscopeError } from '@/lib/errors';
import type { Column } from './columns-file';
import type { KeptHead } from './kept-head';
import { unpackColumn } from './packed-columns';

/**
 * The columns of a kept analysis by name, unpacked, of the type they were written with. Throws
 * `trace.analysis-damaged` for one that is not there.
 */
export class KeptColumns {
  readonly #columns: ReadonlyMap<string, Column>;
  readonly #packed: KeptHead['packed'];

  constructor(columns: ReadonlyMap<string, Column>, packed: KeptHead['packed']) {
    this.#columns = columns;
    this.#packed = packed;
  }

  readonly u8 = (name: string) => this.#get(name, Uint8Array);
  readonly u16 = (name: string) => this.#get(name, Uint16Array);
  readonly u32 = (name: string) => this.#get(name, Uint32Array);
  readonly i32 = (name: string) => this.#get(name, Int32Array);
  readonly f64 = (name: string) => this.#get(name, Float64Array);

  u16or32(name: string): Uint16Array | Uint32Array {
    return this.#columns.get(name) instanceof Uint16Array ? this.u16(name) : this.u32(name);
  }

  #parts(name: string): Column[] {
    return [this.#columns.get(`${name}.0`), this.#columns.get(`${name}.1`)].flatMap((column) => column ?? []);
  }

  #get<T extends Column>(name: string, type: { new (length: number): T }): T {
    const packing = this.#packed[name];
    const column = this.#columns.get(name);
    if (packing !== undefined) return unpackColumn(packing, this.#parts(name), (length) => new type(length));
    if (column instanceof type) return column;
    throw new LockscopeError('trace.analysis-damaged', `the kept analysis has no column ${name}`, { place: name });
  }
}
