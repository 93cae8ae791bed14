import { parseLockId } from '@/lib/contention/identity';
import { LockscopeError } from '@/lib/errors';

/** What the address of the list of captures says. */
export interface ListParams {
  readonly service: string | undefined;
  /** `Lock.id`. */
  readonly lock: string | undefined;
  /** 1 = the newest. */
  readonly page: number;
}

export const rowsPerPage = 25;

/** Reads the address. Throws `trace.param` naming the parameter that cannot be read. */
export function readListParams(params: URLSearchParams): ListParams {
  const page = params.get('page') ?? '1';
  if (!/^[1-9]\d{0,5}$/.test(page)) {
    throw new LockscopeError('trace.param', `page: "${page}" is no page number`, { place: 'query page' });
  }
  const lock = given(params, 'lock');
  if (lock !== undefined && parseLockId(lock) === undefined) {
    throw new LockscopeError('trace.param', `lock: "${lock}" is no lock's id`, { place: 'query lock' });
  }
  return { service: given(params, 'service'), lock, page: Number(page) };
}

function given(params: URLSearchParams, name: string): string | undefined {
  const text = params.get(name);
  return text === null || text === '' ? undefined : text;
}
