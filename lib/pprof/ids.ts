import { LockscopeError } from '@/lib/errors';

/**
 * From the ids of a table (keys of `IdKeys`) to its row numbers. Ids are arbitrary; most encoders number from 1,
 * which needs no map. Throws `pprof.inconsistent` for id 0 and for an id given twice.
 */
export class IdIndex {
  private readonly rows: Map<number, number> | undefined;
  private readonly length: number;
  private readonly what: string;

  constructor(ids: Float64Array, what: string) {
    this.length = ids.length;
    this.what = what;
    if (isSequence(ids)) return;
    this.rows = new Map();
    for (let i = 0; i < ids.length; i++) {
      const id = ids[i] ?? 0;
      if (id === 0) throw inconsistent(`${what} without an id`, `${what} ${i}`);
      if (this.rows.has(id)) throw inconsistent(`${what} id ${id} is used twice`, `${what} ${i}`);
      this.rows.set(id, i);
    }
  }

  /** The row of `id`. Throws `pprof.inconsistent`, naming row `user` of the table `users`, when there is none. */
  indexOf(id: number, users: string, user: number): number {
    if (this.rows === undefined) {
      if (id >= 1 && id <= this.length) return id - 1;
    } else {
      const row = this.rows.get(id);
      if (row !== undefined) return row;
    }
    throw inconsistent(`no ${this.what} has id ${id}`, `${users} ${user}`);
  }
}

function isSequence(ids: Float64Array): boolean {
  for (let i = 0; i < ids.length; i++) if (ids[i] !== i + 1) return false;
  return true;
}

/** Throws `pprof.inconsistent` when an index of `column` is not below `count`. */
export function checkStrings(column: Uint32Array, count: number, what: string): void {
  for (let i = 0; i < column.length; i++) {
    const index = column[i] ?? 0;
    if (index >= count) throw noString(index, count, `${what} ${i}`);
  }
}

export function noString(index: number, count: number, place: string): LockscopeError {
  return inconsistent(`string ${index} of a table of ${count}`, place);
}

export function inconsistent(what: string, place: string): LockscopeError {
  return new LockscopeError('pprof.inconsistent', what, { place });
}
