import 'server-only';
import type { UploadRecord } from '@/lib/catalog/port';
import { LockscopeError } from '@/lib/errors';
import type { FlameSource } from '@/lib/query/flame';
import type { UploadedProfile } from '@/lib/uploaded/reader';
import { context } from './context';

/** An uploaded file, and the one it is read together with. */
export interface OpenedUpload extends UploadedProfile {
  readonly records: readonly UploadRecord[];
  readonly flames: FlameSource;
}

/**
 * Opens uploads by id; they are decoded and folded off this thread. Throws `upload.missing` for an unknown id, and what
 * `UploadReader` says.
 */
export async function openUpload(ids: readonly string[], givenSeconds: number | undefined): Promise<OpenedUpload> {
  const { uploads } = context();
  const records = await Promise.all(ids.map(recordOf));
  const files = records.map(({ blobKey, filename, kind }) => ({ blobKey, filename, kind }));
  const source = { files, givenSeconds };
  return {
    ...(await uploads.read(source)),
    records,
    flames: {
      flame: (options) => uploads.flame(source, options),
      sandwich: (options) => uploads.sandwich(source, options),
    },
  };
}

async function recordOf(id: string): Promise<UploadRecord> {
  const record = await context().catalog.getUpload(id);
  if (record !== undefined) return record;
  throw new LockscopeError('upload.missing', `there is no upload ${id}`, { place: 'path id' });
}
