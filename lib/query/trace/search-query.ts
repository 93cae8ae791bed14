import { LockscopeError } from '@/lib/errors';

export const searchStates = [
  'rlock',
  'lock',
  'mutex',
  'chan',
  'select',
  'cond',
  'network',
  'sleep',
  'running',
  'runnable',
  'syscall',
  'gc',
] as const;
export type SearchState = (typeof searchStates)[number];

/** What a search asks for; every part must hold. */
export interface SearchQuery {
  readonly state: SearchState | undefined;
  readonly longerNs: number;
  readonly shorterNs: number;
  /** Part of a function's name, in lower case. */
  readonly fn: string | undefined;
  readonly goroutine: number | undefined;
  /** Part of a lock's name in lower case, or its id. */
  readonly lock: string | undefined;
}

const units = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9 } as const;

/**
 * Parses `state:rlock dur:>1s fn:GetConfig g:8817 lock:config`. `dur:` takes `>1s`, `<20us`, `1ms..2.5s`; `state:lock`
 * is any lock. Throws `trace.search-word` with the word as its place.
 */
export function parseSearch(text: string): SearchQuery {
  const query = {
    state: undefined as SearchState | undefined,
    longerNs: 0,
    shorterNs: Number.POSITIVE_INFINITY,
    fn: undefined as string | undefined,
    goroutine: undefined as number | undefined,
    lock: undefined as string | undefined,
  };
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const colon = word.indexOf(':');
    const key = colon < 0 ? '' : word.slice(0, colon);
    const value = word.slice(colon + 1);
    if (value === '') throw wrong(word, `${key}: what?`);
    if (key === 'state') query.state = stateOf(word, value);
    else if (key === 'dur') {
      const { longerNs, shorterNs } = durationOf(word, value);
      query.longerNs = Math.max(query.longerNs, longerNs);
      query.shorterNs = Math.min(query.shorterNs, shorterNs);
    } else if (key === 'fn') query.fn = value.toLowerCase();
    else if (key === 'lock') query.lock = value.toLowerCase();
    else if (key === 'g') query.goroutine = goroutineOf(word, value);
    else throw wrong(word, 'expected state:, dur:, fn:, g: or lock:');
  }
  return query;
}

function stateOf(word: string, value: string): SearchState {
  const state = searchStates.find((name) => name === value.toLowerCase());
  if (state === undefined) throw wrong(word, `expected one of ${searchStates.join(', ')}`);
  return state;
}

function goroutineOf(word: string, value: string): number {
  if (!/^G?\d{1,15}$/i.test(value)) throw wrong(word, 'expected the id of a goroutine');
  return Number(value.replace(/^G/i, ''));
}

function durationOf(word: string, value: string): { readonly longerNs: number; readonly shorterNs: number } {
  const never = Number.POSITIVE_INFINITY;
  if (value.startsWith('>')) return { longerNs: nanoseconds(word, value.slice(1)), shorterNs: never };
  if (value.startsWith('<')) return { longerNs: 0, shorterNs: nanoseconds(word, value.slice(1)) };
  const [from, to, ...rest] = value.split('..');
  if (from === undefined || to === undefined || rest.length > 0) throw wrong(word, 'expected >1s, <20us or 1ms..2s');
  return { longerNs: nanoseconds(word, from), shorterNs: nanoseconds(word, to) };
}

function nanoseconds(word: string, text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(ns|us|µs|ms|s)$/.exec(text) ?? [];
  if (digits === undefined || unit === undefined) throw wrong(word, 'expected a number with ns, us, ms or s');
  // The pattern lets only these units through.
  return Number(digits) * units[unit as keyof typeof units];
}

function wrong(word: string, message: string): LockscopeError {
  return new LockscopeError('trace.search-word', `"${word}" is not understood: ${message}`, { place: word });
}
