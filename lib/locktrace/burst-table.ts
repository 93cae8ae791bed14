import { Float64List, Uint32List } from '@/lib/profile/growable';
import type { StackClass } from './stack-classes';

/**
 * Releases that woke someone: consecutive GoUnblocks of one goroutine, of one family and release site, with no
 * transition of that goroutine between them. In order of their first wake-up.
 */
export class BurstTable {
  readonly classes: StackClass[] = [];
  readonly goroutine = new Uint32List();
  readonly stack = new Uint32List();
  /** First row of the burst in the transition log. */
  readonly row = new Uint32List();
  readonly startNs = new Float64List();
  readonly endNs = new Float64List();
  /** Attempts that each burst woke, in order: `wokenBurst[i]` woke `woken[i]`. */
  readonly woken = new Uint32List();
  readonly wokenBurst = new Uint32List();

  get count(): number {
    return this.goroutine.length;
  }

  add(found: StackClass, goroutine: number, stack: number, row: number, atNs: number): number {
    this.classes.push(found);
    this.goroutine.push(goroutine);
    this.stack.push(stack);
    this.row.push(row);
    this.startNs.push(atNs);
    this.endNs.push(atNs);
    return this.count - 1;
  }

  wake(burst: number, attempt: number, atNs: number): void {
    this.endNs.set(burst, atNs);
    this.woken.push(attempt);
    this.wokenBurst.push(burst);
  }

  /** The attempts each burst woke. */
  wokenBy(): readonly (readonly number[])[] {
    const lists: number[][] = Array.from({ length: this.count }, () => []);
    for (let i = 0; i < this.woken.length; i += 1) lists[this.wokenBurst.at(i)]?.push(this.woken.at(i));
    return lists;
  }
}
