import { Float64List, Uint32List } from '@/lib/profile/growable';

/**
 * Releases that woke someone: consecutive GoUnblocks of one goroutine, of one family and release site, with no
 * transition of that goroutine between them. In order of their first wake-up.
 */
export class BurstTable {
  /** Number in `ClassNumbers`. */
  readonly classOf = new Uint32List();
  readonly goroutine = new Uint32List();
  readonly stack = new Uint32List();
  /** First row of the burst in the transition log. */
  readonly row = new Uint32List();
  /** The releasing goroutine's newest row then; `row` itself when it had none. */
  readonly ownRow = new Uint32List();
  readonly atNs = new Float64List();
  /** The attempt that each burst woke last. */
  readonly newest = new Uint32List();
  /** Attempts that each burst woke, in order: `wokenBurst[i]` woke `woken[i]`. */
  readonly woken = new Uint32List();
  readonly wokenBurst = new Uint32List();

  get count(): number {
    return this.goroutine.length;
  }

  add(classOf: number, goroutine: number, stack: number, row: number, ownRow: number, atNs: number): number {
    this.classOf.push(classOf);
    this.goroutine.push(goroutine);
    this.stack.push(stack);
    this.row.push(row);
    this.ownRow.push(ownRow);
    this.atNs.push(atNs);
    this.newest.push(0);
    return this.count - 1;
  }

  wake(burst: number, attempt: number): void {
    this.newest.set(burst, attempt);
    this.woken.push(attempt);
    this.wokenBurst.push(burst);
  }

  /** Tells the attempts by other numbers from now on. */
  renumber(numberOf: (attempt: number) => number): void {
    for (let i = 0; i < this.woken.length; i += 1) this.woken.set(i, numberOf(this.woken.at(i)));
  }

  /** The attempts each burst woke. */
  wokenBy(): readonly (readonly number[])[] {
    const lists: number[][] = Array.from({ length: this.count }, () => []);
    for (let i = 0; i < this.woken.length; i += 1) lists[this.wokenBurst.at(i)]?.push(this.woken.at(i));
    return lists;
  }
}
