import { errorCode, errorMessage, LockscopeError } from '@/lib/errors';

/** The error for an HTTP status that a forge answered with, in its own words. */
export function refusedBy(forge: string, status: number, words: string, cause?: unknown): LockscopeError {
  const message = `${forge} answered ${status}: ${words}`;
  if (status === 404 || status === 410) return new LockscopeError('forge.missing', message, { cause });
  if (status === 400 || status === 409 || status === 413 || status === 422)
    return new LockscopeError('forge.invalid', message, { cause });
  if (status === 401 || status === 403 || status === 429)
    return new LockscopeError('forge.refused', message, { cause });
  return new LockscopeError('forge.unreachable', message, { cause });
}

/** The error for a forge that did not answer. */
export function noAnswer(forge: string, error: unknown): LockscopeError {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return new LockscopeError('forge.unreachable', `${forge}: ${errorMessage(cause)}`, { cause: error });
}

/** What is asked for, or undefined when the forge has no such thing (`forge.missing`). */
export async function ifThere<T>(asked: () => Promise<T>): Promise<T | undefined> {
  try {
    return await asked();
  } catch (error) {
    if (errorCode(error) === 'forge.missing') return undefined;
    throw error;
  }
}
