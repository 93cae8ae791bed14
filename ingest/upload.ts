import type { BlobStore } from '@/lib/blobs/port';
import type { Catalog, UploadRecord } from '@/lib/catalog/port';
import { errorCode, errorMessage } from '@/lib/errors';
import type { UnixMs } from '@/lib/units';
import type { Accepted, AcceptProfile } from './accept';
import type { Decoder } from './decoder';
import type { RawProfile } from './wire/raw-profile';
import type { UploadRequest } from './wire/upload';

/** What `POST /api/v1/upload` answers. */
export interface UploadDocument {
  readonly schema: 'lockscope/upload/v1';
  readonly id: string;
  readonly url: string;
  /** Profile name; `unknown` when nothing in the file tells it; `trace` for an execution trace. */
  readonly kind: string;
  readonly filename: string;
  readonly service: string | null;
  readonly build: string | null;
  /** null for a trace: it is analysed later. */
  readonly samples: number | null;
  /** Windows added to the service's history; 0 when the file tells no window, or the same came before. */
  readonly windows: number;
  readonly notes: readonly { readonly code: string; readonly message: string }[];
}

interface UploadDeps {
  readonly catalog: Pick<Catalog, 'addUpload'>;
  readonly blobs: Pick<BlobStore, 'put'>;
  readonly decoder: Decoder;
  readonly accept: AcceptProfile;
  readonly now: () => UnixMs;
}

/** Reasons for which an uploaded profile is kept for looking at, though it cannot join a service's history. */
const keptOnly = new Set(['ingest.window', 'ingest.kind', 'ingest.too-old', 'ingest.too-new', 'store.window.too-old']);

/**
 * Keeps an uploaded profile as a blob with a catalogue row, and stores its windows when it has any.
 * `created` is false when the same bytes were uploaded before. Throws the decoder's codes for what is no profile.
 */
export async function acceptUpload(
  upload: UploadRequest,
  deps: UploadDeps,
): Promise<{ created: boolean; document: UploadDocument }> {
  const { profile, filename } = upload;
  const { kind = 'unknown', samples } = await deps.decoder.inspect({
    ...profile,
    ...(upload.kind === undefined ? {} : { kind: upload.kind }),
    now: deps.now(),
  });
  const { windows, notes } = await storeWindows(upload, deps.accept);
  const blob = await deps.blobs.put('pprof', profile.bytes);
  const labels = new Map(profile.labels);
  const given = {
    filename: filename.slice(0, 255),
    kind,
    service: labels.get('service_name'),
    build: labels.get('build'),
  };
  const { upload: record, created } = await deps.catalog.addUpload({
    ...given,
    digest: blob.sha256,
    labels: Object.fromEntries(labels),
    sizeBytes: profile.bytes.length,
    receivedAt: deps.now(),
    blobKey: blob.key,
    hasWindow: windows !== undefined,
  });
  const repeated = created ? [] : [repeatedNote(record)];
  const stored = windows?.outcome.stored ?? 0;
  return { created, document: documentOf(record.id, given, profile, samples, stored, [...notes, ...repeated]) };
}

async function storeWindows(
  upload: UploadRequest,
  accept: AcceptProfile,
): Promise<{ windows: Accepted | undefined; notes: UploadDocument['notes'] }> {
  try {
    return { windows: await accept(upload.profile, upload.kind === undefined ? {} : { kind: upload.kind }), notes: [] };
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined || !keptOnly.has(code)) throw error;
    return { windows: undefined, notes: [{ code, message: errorMessage(error) }] };
  }
}

/** A file has one page, which its first upload named. */
function repeatedNote({ filename, service, build }: UploadRecord): UploadDocument['notes'][number] {
  const whose = [service === undefined ? '' : ` for service ${service}`, build === undefined ? '' : `, build ${build}`];
  const message = `the same file was uploaded before as ${filename}${whose.join('')}: its page shows what was given then`;
  return { code: 'upload.repeated', message };
}

/** Speaks of this upload: `given` is what came with it, not what an earlier one of the same bytes said. */
function documentOf(
  id: string,
  given: Pick<UploadRecord, 'filename' | 'kind' | 'service' | 'build'>,
  { from, until }: RawProfile,
  samples: number,
  windows: number,
  notes: UploadDocument['notes'],
): UploadDocument {
  const givenMs = from === undefined || until === undefined ? 0 : until - from;
  return {
    schema: 'lockscope/upload/v1',
    id,
    // The file does not tell the window that came with it, and without it the page has no rates.
    url: `/uploads/${id}${givenMs > 0 ? `?window=${givenMs / 1_000}` : ''}`,
    kind: given.kind,
    filename: given.filename,
    service: given.service ?? null,
    build: given.build ?? null,
    samples,
    windows,
    notes,
  };
}
