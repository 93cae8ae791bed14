import { LockscopeError } from '@/lib/errors';
import { type HoldName, holdParam, readHoldName } from './hold-detail';
import type { TimeWindow } from './time-window';

export const overlays = ['none', 'gc', 'pauses'] as const;
export type Overlay = (typeof overlays)[number];

/** What the address of a trace page says. `goroutines` have lanes of their own; the first is the one jumped to last. */
export interface TraceParams {
  readonly window: TimeWindow | undefined;
  readonly lock: string | undefined;
  readonly wait: number | undefined;
  /** A chosen hold: then no wait is. */
  readonly hold: HoldName | undefined;
  readonly query: string;
  readonly found: number;
  /** Id of the wait site whose waits are shown one by one, and which of them is the first. */
  readonly unfold: string | undefined;
  readonly offset: number;
  readonly overlay: Overlay;
  readonly idle: boolean;
  readonly goroutines: readonly number[];
}

export const mostLanes = 12;

/** Reads the address. Throws `trace.param` naming the parameter that cannot be read. */
export function readTraceParams(params: URLSearchParams): TraceParams {
  const fromNs = integer(params, 't0');
  const toNs = integer(params, 't1');
  if ((fromNs === undefined) !== (toNs === undefined)) throw unreadable(params, fromNs === undefined ? 't0' : 't1');
  if (fromNs !== undefined && toNs !== undefined && toNs <= fromNs) throw unreadable(params, 't1');
  const overlay = params.get('overlay') ?? 'none';
  const known = overlays.find((name) => name === overlay);
  if (known === undefined) throw unreadable(params, 'overlay');
  const goroutines = (params.get('g') ?? '').split(',').filter((text) => text !== '');
  if (goroutines.length > mostLanes || !goroutines.every((text) => /^\d{1,15}$/.test(text))) {
    throw unreadable(params, 'g');
  }
  return {
    window: fromNs === undefined || toNs === undefined ? undefined : { fromNs, toNs },
    lock: word(params, 'lock'),
    wait: integer(params, 'wait'),
    hold: hold(params),
    query: params.get('q') ?? '',
    found: integer(params, 'found') ?? 0,
    unfold: word(params, 'unfold'),
    offset: integer(params, 'offset') ?? 0,
    overlay: known,
    idle: params.get('idle') === '1',
    goroutines: [...new Set(goroutines.map(Number))],
  };
}

/** The changes of the address that show a window; undefined shows the one the page opens with. */
export function windowChanges(window: TimeWindow | undefined): Record<'t0' | 't1', string | null> {
  if (window === undefined) return { t0: null, t1: null };
  return { t0: String(Math.floor(window.fromNs)), t1: String(Math.ceil(window.toNs)) };
}

/** The change that chooses a wait, or a hold; the other is given up. */
export const waitChanges = (wait: number) => ({ wait: String(wait), hold: null });
export const holdChanges = (hold: HoldName) => ({ hold: holdParam(hold), wait: null });

/** The changes that give a goroutine a lane and the focus; lanes beyond `mostLanes` are given up, oldest first. */
export function laneChanges(goroutines: readonly number[], goroutine: number): { readonly g: string } {
  return { g: [goroutine, ...goroutines.filter((each) => each !== goroutine)].slice(0, mostLanes).join(',') };
}

/** An empty parameter is one that is not given. */
function word(params: URLSearchParams, name: string): string | undefined {
  const text = params.get(name);
  return text === null || text === '' ? undefined : text;
}

function hold(params: URLSearchParams): HoldName | undefined {
  const text = word(params, 'hold');
  if (text === undefined) return undefined;
  const name = readHoldName(text);
  if (name === undefined) throw unreadable(params, 'hold');
  return name;
}

function integer(params: URLSearchParams, name: string): number | undefined {
  const text = params.get(name);
  if (text === null) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw unreadable(params, name);
  return Number(text);
}

function unreadable(params: URLSearchParams, name: string): LockscopeError {
  return new LockscopeError('trace.param', `${name}: "${params.get(name) ?? ''}" cannot be read`, {
    place: `query ${name}`,
  });
}
