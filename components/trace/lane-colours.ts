import type { LaneState } from '@/lib/query/trace/result';

/** Colour token and name of each state of a goroutine. Ordered as stacked: the lock first, parked last. */
export const stateLooks: readonly {
  readonly state: LaneState;
  readonly token: string;
  readonly name: string;
  /** Waits for nothing that a lock, a processor or the collector owes; hidden unless asked for. */
  readonly idle: boolean;
}[] = [
  { state: 'lock', token: '--w-rlock', name: 'waiting for a lock', idle: false },
  { state: 'runnable', token: '--w-runnable', name: 'runnable', idle: false },
  { state: 'running', token: '--w-running', name: 'running', idle: false },
  { state: 'syscall', token: '--w-select', name: 'in a system call', idle: false },
  { state: 'gc', token: '--w-gc', name: 'GC', idle: false },
  { state: 'network', token: '--w-io', name: 'network', idle: true },
  { state: 'channel', token: '--w-chan', name: 'channel, select, WaitGroup', idle: true },
  { state: 'sleep', token: '--w-idle', name: 'sleeping', idle: true },
  { state: 'other', token: '--control', name: 'parked otherwise', idle: true },
];

const byState = new Map(stateLooks.map((look) => [look.state, look]));

export const stateToken = (state: LaneState): string => byState.get(state)?.token ?? '--control';
export const stateName = (state: LaneState): string => byState.get(state)?.name ?? state;
export const isIdleState = (state: LaneState): boolean => byState.get(state)?.idle ?? false;

/** Text on a fill that is no fill of its own: `--ink-wlock` where the fill is dark in both themes. */
export const inkOf = (token: string): string =>
  token === '--w-wlock' ? '--ink-wlock' : token === '--w-idle' ? '--text' : '--bg';

/** Colours of release sites by their rank at the lock; those beyond are grey and told apart by their names. */
const holdTokens = ['--w-wlock', '--w-cond', '--w-mutex', '--w-chan'] as const;
export const holdToken = (rank: number): string => holdTokens[rank] ?? '--control';

/** Who waits, in the order they are stacked. */
export const queueLooks = {
  readers: { token: '--w-rlock', name: 'readers', one: 'reader' },
  writers: { token: '--w-wlock', name: 'writers', one: 'writer' },
  'writers draining': {
    token: '--w-cond',
    name: 'writers waiting for readers inside',
    one: 'writer waiting for readers inside',
  },
  waiters: { token: '--w-rlock', name: 'waiters', one: 'waiter' },
} as const;
