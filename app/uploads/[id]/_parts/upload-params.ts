import { z } from 'zod';
import { LockscopeError } from '@/lib/errors';

const windowSchema = z.coerce.number().positive().max(1e9);

export interface UploadParams {
  /** `window=SECONDS`: the time a cumulative profile covers. */
  readonly windowSeconds: number | undefined;
  /** `with=ID`: another upload of the same process, to join waiters with holders. */
  readonly with: string | undefined;
}

/** Reads the page's own parameters. Throws `upload.window` for a length that is no positive number. */
export function readUploadParams(params: URLSearchParams): UploadParams {
  const text = params.get('window');
  const other = params.get('with') ?? undefined;
  if (text === null || text === '') return { windowSeconds: undefined, with: other };
  const parsed = windowSchema.safeParse(text);
  if (!parsed.success) {
    throw new LockscopeError('upload.window', `window: "${text}" is no number of seconds above 0`, {
      place: 'query window',
    });
  }
  return { windowSeconds: parsed.data, with: other };
}
