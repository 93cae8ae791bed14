import { extended } from '../extended';

/** Goroutines by dense index, in order of first sight: id, status, and the sequence number of the current generation. */
export class GoroutineStates {
  count = 0;
  id = new Float64Array(1024);
  status = new Uint8Array(1024);
  generation = new Uint32Array(1024);
  sequence = new Float64Array(1024);

  add(id: number): number {
    if (this.count === this.id.length) this.#grow();
    const index = this.count;
    this.count += 1;
    this.id[index] = id;
    return index;
  }

  /** Sequence numbers count from 0 in each generation. */
  reset(index: number, generation: number): void {
    this.generation[index] = generation;
    this.sequence[index] = 0;
  }

  /** Whether `sequence` is the goroutine's next one. */
  follows(index: number, generation: number, sequence: number): boolean {
    return this.generation[index] === generation && this.sequence[index] === sequence - 1;
  }

  #grow(): void {
    const capacity = this.id.length * 2;
    this.id = extended(this.id, new Float64Array(capacity));
    this.status = extended(this.status, new Uint8Array(capacity));
    this.generation = extended(this.generation, new Uint32Array(capacity));
    this.sequence = extended(this.sequence, new Float64Array(capacity));
  }
}
