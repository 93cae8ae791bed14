import type { BlobStore } from '@/lib/blobs/port';
import type { CaptureAnalysis, CaptureLock } from '@/lib/catalog/captures';
import { LockscopeError } from '@/lib/errors';
import { readTrace } from '@/lib/gotrace/read-trace';
import type { Trace } from '@/lib/gotrace/trace';
import { analyseLocks } from '@/lib/locktrace/analyse';
import type { LockTrace } from '@/lib/locktrace/lock-trace';
import { encodeAnalysis, keptVersion } from '@/lib/query/trace/encode-analysis';
import { goVersionOf } from '@/lib/query/trace/go-version';
import { unixMs } from '@/lib/units';

/** What is known while a file is read; `phase` is `locks` from the end of the file on, then `keeping`. */
export interface AnalysisStep {
  readonly phase: 'reading' | 'locks' | 'keeping';
  readonly bytes: number;
  readonly ofBytes: number;
  readonly events: number;
}

export interface AnalyseOptions {
  readonly blobs: Pick<BlobStore, 'open' | 'put'>;
  readonly blobKey: string;
  readonly wrappers: readonly string[];
  /** Memory held by this thread; asked after each generation of the trace. */
  readonly heldBytes: () => number;
  readonly maxBytes: number;
  readonly onStep: (step: AnalysisStep) => void;
}

/**
 * Reads a trace out of the blob store piece by piece, finds its locks, and keeps the result as a blob. Throws what
 * `readTrace` throws, `trace.memory` when more than `maxBytes` are held, `blobs.missing`, `blobs.full`.
 */
export async function analyseBlob(options: AnalyseOptions): Promise<CaptureAnalysis> {
  const { blobs, blobKey, wrappers, heldBytes, maxBytes, onStep } = options;
  const file = blobs.open(blobKey);
  try {
    const trace = readTrace(file, (progress) => {
      const held = heldBytes();
      if (held > maxBytes) throw tooLarge(held, maxBytes, progress.bytes, progress.ofBytes);
      onStep({ phase: 'reading', ...progress });
    });
    const read = { bytes: file.size, ofBytes: file.size, events: trace.events };
    onStep({ phase: 'locks', ...read });
    const locks = analyseLocks(trace, { wrappers });
    onStep({ phase: 'keeping', ...read });
    const { key } = await blobs.put('trace-analysis', inOrder(encodeAnalysis(trace, locks)));
    return { ...factsOf(trace, locks), blobKey: key };
  } finally {
    file.close();
  }
}

async function* inOrder(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

function tooLarge(held: number, maxBytes: number, bytes: number, ofBytes: number): LockscopeError {
  const share = Math.round((bytes / ofBytes) * 100);
  return new LockscopeError(
    'trace.memory',
    `${share} % of the trace took ${held} bytes of memory, ${maxBytes} are allowed: record a shorter one, or raise traces.memory`,
  );
}

function factsOf(trace: Trace, locks: LockTrace): Omit<CaptureAnalysis, 'blobKey'> {
  const { startUnixMs } = trace.clock;
  return {
    version: keptVersion,
    goVersion: goVersionOf(trace.format),
    durationMs: trace.durationNs / 1e6,
    events: trace.events,
    goroutines: trace.goroutines.count,
    capturedAt: startUnixMs === undefined ? undefined : unixMs(Math.round(startUnixMs)),
    locks: locks.locks.map((lock) => captureLock(lock, locks.sites)),
  };
}

function captureLock(lock: LockTrace['locks'][number], sites: LockTrace['sites']): CaptureLock {
  const { id, name, family, isLock, waits, totalNs, percentiles } = lock;
  return {
    lockId: id,
    name,
    family,
    isLock,
    waits,
    totalNs,
    ...percentiles,
    waiters: lock.waiters.flatMap((waiter) => {
      const site = sites[waiter.site];
      if (site === undefined) return [];
      const place = { kind: site.kind, function: site.function, file: site.file, line: site.line };
      return [{ ...place, waits: waiter.waits, totalNs: waiter.totalNs, ...waiter.percentiles }];
    }),
  };
}
