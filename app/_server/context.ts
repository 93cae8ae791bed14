import 'server-only';
import { cache } from 'react';
import { currentContext, type LockscopeContext } from '@/lib/context';
import { errorCode } from '@/lib/errors';
import { type UnixMs, unixMs } from '@/lib/units';

/** What `server.ts` opened. Throws `context.missing` when pages run without it (`next dev` alone). */
export function context(): LockscopeContext {
  return currentContext();
}

/** The same, or undefined when no Lockscope server runs around Next. */
export function contextIfRunning(): LockscopeContext | undefined {
  try {
    return currentContext();
  } catch (error) {
    if (errorCode(error) === 'context.missing') return undefined;
    throw error;
  }
}

/** The one `now` of a request: every panel of a page resolves its range against it. */
export const requestNow = cache((): UnixMs => unixMs(Date.now()));
