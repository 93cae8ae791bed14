import { LockscopeError } from '@/lib/errors';
import { Float64List } from './growable';

/**
 * Columns of integers that are summed exactly: in doubles while they are below 2^53, as bigints beyond.
 * Sums may exceed int64 here; `encodePprof` refuses those.
 */
export class ValueColumns {
  readonly columns: readonly Float64List[];
  readonly wide: readonly Map<number, bigint>[];
  rows = 0;

  constructor(count: number) {
    this.columns = Array.from({ length: count }, () => new Float64List());
    this.wide = Array.from({ length: count }, () => new Map());
  }

  /** Appends a row of zeros. */
  addRow(): void {
    for (const column of this.columns) column.push(0);
    this.rows += 1;
  }

  /** Adds an integer to one cell. Throws `profile.value` when it is none. */
  add(column: number, row: number, value: number | bigint): void {
    const values = this.columns[column];
    const wide = this.wide[column];
    if (values === undefined || wide === undefined) {
      throw new LockscopeError('profile.value', `value ${column} for ${this.columns.length} sample types`);
    }
    if (typeof value === 'number') {
      const sum = values.at(row) + value;
      // An exact sum of two safe integers is safe; a rounded one is not, or its operands were not.
      if (Number.isSafeInteger(sum) && Number.isSafeInteger(value) && !wide.has(row)) {
        values.set(row, sum);
        return;
      }
      if (!Number.isInteger(value)) throw new LockscopeError('profile.value', `${value} is no integer`);
    }
    const exact = (wide.get(row) ?? BigInt(values.at(row))) + BigInt(value);
    const rounded = Number(exact);
    values.set(row, rounded);
    if (Number.isSafeInteger(rounded)) wide.delete(row);
    else wide.set(row, exact);
  }
}
