import type { SiteKind } from './kind';

/** The primitive behind a kind: `Lock.family` on the public surface. */
export type Family =
  | 'Mutex'
  | 'RWMutex'
  | 'Once'
  | 'sync.Map'
  | 'sync.Pool'
  | 'runtime'
  | 'WaitGroup'
  | 'Cond'
  | 'chan'
  | 'select'
  | 'fdMutex'
  | 'other';

const families: Readonly<Record<SiteKind, Family>> = {
  'Mutex.Lock': 'Mutex',
  'Mutex.Unlock': 'Mutex',
  'RWMutex.RLock': 'RWMutex',
  'RWMutex.Lock': 'RWMutex',
  'RWMutex.Lock (readers drain)': 'RWMutex',
  'RWMutex.Unlock': 'RWMutex',
  'RWMutex.Unlock (next writer)': 'RWMutex',
  'RWMutex.RUnlock': 'RWMutex',
  'Once.Do': 'Once',
  'sync.Map': 'sync.Map',
  'sync.Pool': 'sync.Pool',
  'WaitGroup.Wait': 'WaitGroup',
  'Cond.Wait': 'Cond',
  'chan send': 'chan',
  'chan receive': 'chan',
  select: 'select',
  fdMutex: 'fdMutex',
  'runtime lock': 'runtime',
  other: 'other',
};

export function familyOf(kind: SiteKind): Family {
  return families[kind];
}

/** True for primitives that one goroutine holds while others wait; channels, Cond and WaitGroup have no holder. */
export function isLockFamily(family: string): boolean {
  return ['Mutex', 'RWMutex', 'Once', 'sync.Map', 'sync.Pool'].includes(family);
}
