import { windowsOfUpload } from '@/ingest/uploaded/windows';
import type { BlobStore } from '@/lib/blobs/port';
import { LockscopeError } from '@/lib/errors';
import { decodePprof } from '@/lib/pprof/decode';
import { type ProfileType, profileTypeId } from '@/lib/profile/profile-type';
import { analyseView } from '@/lib/query/analyse-view';
import type { Scope } from '@/lib/query/scope';
import { MemorySampleStore } from '@/lib/store/memory';
import type { SampleStore } from '@/lib/store/port';
import { unixMs } from '@/lib/units';
import type { UploadedFile, UploadedProfile, UploadSource } from './reader';

export interface UploadDeps {
  readonly blobs: Pick<BlobStore, 'get'>;
  readonly wrappers: readonly string[];
  readonly idleFunctions: readonly string[];
  /** Bytes of a file after decompression. */
  readonly inflatedBytes: number;
}

/** Files in a store of their own, as the service `uploadService` in the range `uploadScope`. */
export interface OpenedSource {
  readonly store: SampleStore;
  readonly profile: UploadedProfile;
}

export const uploadService = 'upload';
export const uploadScope: Scope = {
  range: { from: unixMs(0), to: unixMs(8.64e15), live: false, text: { from: '', to: '' } },
  matchers: [],
};

/** Length that the store is given where nothing tells one; nothing that depends on it is shown. */
const nominalMs = 1_000;

/** Decodes, stores and analyses the files of a source. Throws what `UploadReader` says; a thread's work for large files. */
export async function openSource(source: UploadSource, deps: UploadDeps): Promise<OpenedSource> {
  const { givenSeconds = 0 } = source;
  const files = await Promise.all(source.files.map(async (file) => ({ file, wire: await decodeFile(file, deps) })));
  const store = new MemorySampleStore();
  const types = new Map<string, ProfileType>();
  // Whole milliseconds, as the store keeps them.
  const lengths = files.map(({ wire }) => Math.round(Number(wire.durationNanos) / 1e6 || givenSeconds * 1e3));
  for (const [index, { file, wire }] of files.entries()) {
    const batch = windowsOfUpload(wire, {
      kind: file.kind,
      labels: [
        ['pod', 'upload'],
        ['service_name', uploadService],
      ],
      time: { start: unixMs(0), wallMs: lengths[index] || nominalMs },
      wrappers: deps.wrappers,
    });
    const { rejected } = await store.write(batch);
    const [refusal] = rejected;
    if (refusal !== undefined) throw new LockscopeError(refusal.code, refusal.detail, { place: file.filename });
    for (const { series } of batch.windows) types.set(profileTypeId(series.type), series.type);
  }
  const hasLength = lengths.every((length) => length > 0);
  const { locks, waits, idle, runtime, notes } = await analyseView(store, uploadService, uploadScope, {
    defaults: {},
    idleFunctions: deps.idleFunctions,
    rowLimit: Number.MAX_SAFE_INTEGER,
    hasLength,
  });
  return {
    store,
    profile: {
      types: [...types.values()],
      locks: { locks, waits, idle, runtime, notes },
      samples: files.reduce((sum, { wire }) => sum + wire.samples.length, 0),
      windowSeconds: hasLength ? (lengths[0] ?? 0) / 1e3 : undefined,
    },
  };
}

async function decodeFile({ blobKey, filename }: UploadedFile, { blobs, inflatedBytes }: UploadDeps) {
  const bytes = await blobs.get(blobKey);
  if (bytes === undefined) {
    throw new LockscopeError('upload.missing', 'the file of this upload is gone', { place: filename });
  }
  return decodePprof(bytes, {
    maxBytes: inflatedBytes,
    maxSamples: 1_000_000,
    maxDepth: 1_000_000,
    maxFrames: 16_000_000,
  });
}
