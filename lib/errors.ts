/**
 * Base of every error that Lockscope raises on purpose.
 * `code` is stable and machine-readable (`pprof.truncated`, `store.full`); HTTP and CLI map it to a
 * status or exit code in one table each. Two module graphs live in one process (server bundle and
 * Next's), so errors are recognised by `code`, never by `instanceof`.
 */
export class LockscopeError extends Error {
  readonly code: string;
  /** Where in the input it happened, in the words of that input: `byte 1289`, `sample 17`, `query from`. */
  readonly place: string | undefined;

  constructor(code: string, message: string, options: { place?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'LockscopeError';
    this.code = code;
    this.place = options.place;
  }
}

/** The `code` of a Lockscope error from either module graph, or undefined for any other value. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** A sentence for a person, whatever was thrown. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Ends a `switch` over a union; throws when a value outside it arrives at run time. */
export function assertUnreachable(value: never): never {
  throw new LockscopeError('internal.unreachable', `unexpected value ${JSON.stringify(value)}`);
}
