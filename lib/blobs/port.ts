import type { UnixMs } from '@/lib/units';

/** The blobs port: immutable bytes by content. A key is `<kind>/<sha256 hex>`. */
export interface BlobStore {
  /**
   * Stores bytes durably (synced before it resolves) and returns their key; the same bytes again are kept once.
   * Throws `blobs.kind` for a kind outside [a-z0-9-], `blobs.too-large` above `maxBytes` (nothing is kept), `blobs.full`.
   */
  put(
    kind: string,
    bytes: AsyncIterable<Uint8Array> | Uint8Array,
    options?: { readonly maxBytes?: number },
  ): Promise<StoredBlob>;
  /** All bytes of a blob, or undefined when there is none. Throws `blobs.key` for text that is no key. */
  get(key: string): Promise<Uint8Array | undefined>;
  /** The bytes in pieces; throws `blobs.missing` when there is none. */
  stream(key: string): AsyncIterable<Uint8Array>;
  /** Any part of a blob, read synchronously: for threads. Throws `blobs.missing`. The caller closes it. */
  open(key: string): BlobFile;
  has(key: string): Promise<boolean>;
  /** By key. */
  list(kind: string): Promise<readonly BlobEntry[]>;
  /** False when there was none. */
  delete(key: string): Promise<boolean>;
  /** Deletes what a crash left of blobs that were being written, untouched since an instant; how many there were. */
  removeUnfinished(kind: string, before: UnixMs): Promise<number>;
}

export interface StoredBlob {
  readonly key: string;
  /** SHA-256, hex. */
  readonly sha256: string;
  readonly sizeBytes: number;
  /** False when the bytes were there already. */
  readonly created: boolean;
}

export interface BlobFile {
  readonly size: number;
  /** `length` bytes at `offset`, fewer only at the end; in memory of their own. */
  read(offset: number, length: number): Uint8Array;
  close(): void;
}

export interface BlobEntry {
  readonly key: string;
  readonly sizeBytes: number;
}
