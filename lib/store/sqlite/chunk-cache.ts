/** Least recently used chunks within a bound of bytes. An entry is good for the version it was made at. */
export class ChunkCache<Chunk> {
  readonly #entries = new Map<string, { version: number; bytes: number; chunk: Chunk }>();
  readonly #mostBytes: number;
  #bytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  get(key: string, version: number): Chunk | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || entry.version !== version) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.chunk;
  }

  set(key: string, version: number, bytes: number, chunk: Chunk): void {
    this.#delete(key);
    this.#entries.set(key, { version, bytes, chunk });
    this.#bytes += bytes;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#mostBytes) break;
      this.#delete(oldest);
    }
  }

  #delete(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#bytes -= entry.bytes;
    this.#entries.delete(key);
  }
}
