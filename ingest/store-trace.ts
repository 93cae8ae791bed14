import type { BlobStore } from '@/lib/blobs/port';
import type { CaptureCatalog, CaptureRecord, NewCapture } from '@/lib/catalog/captures';
import { readHeader } from '@/lib/gotrace/header';
import { bufferSource } from '@/lib/gotrace/source';
import type { UnixMs } from '@/lib/units';

/** What is known of a trace beside its bytes. */
export type TraceOrigin = Pick<
  NewCapture,
  'filename' | 'service' | 'pod' | 'build' | 'labels' | 'capturedAt' | 'source' | 'reason'
>;

/**
 * Keeps a trace as a blob with a catalogue row and has it analysed. `created` is false when the same bytes came before.
 * Rejects with `gotrace.header`, `gotrace.too-old`, `gotrace.too-new` for what is no trace that can be read,
 * `blobs.too-large`, `blobs.full`, and what `bytes` throws; nothing is kept then.
 */
export type StoreTrace = (
  bytes: AsyncIterable<Uint8Array>,
  origin: TraceOrigin,
) => Promise<{ readonly capture: CaptureRecord; readonly created: boolean }>;

export interface TraceStoreDeps {
  readonly catalog: Pick<CaptureCatalog, 'addCapture'>;
  readonly blobs: Pick<BlobStore, 'put' | 'delete'>;
  readonly maxBytes: number;
  readonly now: () => UnixMs;
  /** Puts a new capture into the queue of the analysis. */
  readonly analyse: (id: string) => void;
}

export function createTraceStore({ catalog, blobs, maxBytes, now, analyse }: TraceStoreDeps): StoreTrace {
  return async (bytes, origin) => {
    const blob = await blobs.put('trace', withHeader(bytes), { maxBytes });
    try {
      const added = await catalog.addCapture({
        ...origin,
        filename: origin.filename.slice(0, 255),
        digest: blob.sha256,
        sizeBytes: blob.sizeBytes,
        receivedAt: now(),
        blobKey: blob.key,
      });
      if (added.created) analyse(added.capture.id);
      return added;
    } catch (error) {
      if (blob.created) await blobs.delete(blob.key);
      throw error;
    }
  };
}

const headerLength = 16;

/** The same bytes; throws as `readHeader` does before the first of them is given on. */
async function* withHeader(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Uint8Array | undefined = new Uint8Array(0);
  for await (const piece of bytes) {
    if (head === undefined) {
      yield piece;
      continue;
    }
    head = Buffer.concat([head, piece]);
    if (head.length < headerLength) continue;
    readHeader(bufferSource(head));
    yield head;
    head = undefined;
  }
  if (head !== undefined) readHeader(bufferSource(head));
}
