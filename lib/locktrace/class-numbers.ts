import type { Symbols } from '@/lib/gotrace/trace';
import type { StackClass, StackClasses } from './stack-classes';
import { UnionFind } from './union-find';

const unasked = -2;

/**
 * Numbers the classes that a scan meets, so that its columns hold numbers; -1 stands for none. Nearly all stacks block
 * for one reason, so that an answer is one look into an array.
 */
export class ClassNumbers {
  readonly all: StackClass[] = [];
  /** Number of each class's lock scope, and the scopes that wake-ups join. */
  readonly scopes: number[] = [];
  readonly joined = new UnionFind();
  readonly #classes: StackClasses;
  readonly #strings: readonly string[];
  readonly #numbers = new Map<StackClass, number>();
  readonly #scopeNumbers = new Map<bigint, number>();
  /** By stack: the reason (a string's number) that was asked for last, and its class; the class of what it releases. */
  readonly #reasons: Uint32Array;
  readonly #waits: Int32Array;
  readonly #releases: Int32Array;

  constructor(classes: StackClasses, symbols: Symbols) {
    const stacks = symbols.stackStart.length;
    this.#classes = classes;
    this.#strings = symbols.strings;
    this.#reasons = new Uint32Array(stacks);
    this.#waits = new Int32Array(stacks).fill(unasked);
    this.#releases = new Int32Array(stacks).fill(unasked);
  }

  wait(stack: number, reason: number): number {
    const known = this.#waits[stack] ?? unasked;
    if (known !== unasked && this.#reasons[stack] === reason) return known;
    const number = this.of(this.#classes.wait(stack, this.#strings[reason] ?? ''));
    this.#reasons[stack] = reason;
    this.#waits[stack] = number;
    return number;
  }

  release(stack: number): number {
    const known = this.#releases[stack] ?? unasked;
    if (known !== unasked) return known;
    const number = this.of(this.#classes.release(stack));
    this.#releases[stack] = number;
    return number;
  }

  /** The wait that a release ended when nothing else tells it. */
  waitEndedBy(release: StackClass): number {
    return this.of(this.#classes.waitEndedBy(release));
  }

  of(found: StackClass | undefined): number {
    if (found === undefined) return -1;
    const known = this.#numbers.get(found);
    if (known !== undefined) return known;
    const number = this.all.push(found) - 1;
    this.#numbers.set(found, number);
    const scope = this.#scopeNumbers.get(found.scope.id) ?? this.joined.add();
    this.#scopeNumbers.set(found.scope.id, scope);
    this.scopes.push(scope);
    return number;
  }
}
