/** What a goroutine does at a site: how it waits (block profile) or what it releases (mutex profile). */
export const waitKinds = [
  'Mutex.Lock',
  'RWMutex.RLock',
  'RWMutex.Lock',
  'RWMutex.Lock (readers drain)',
  'Once.Do',
  'sync.Map',
  'sync.Pool',
  'WaitGroup.Wait',
  'Cond.Wait',
  'chan send',
  'chan receive',
  'select',
  'fdMutex',
  'runtime lock',
  'other',
] as const;

export const holdKinds = [
  'Mutex.Unlock',
  'RWMutex.Unlock',
  'RWMutex.Unlock (next writer)',
  'RWMutex.RUnlock',
  'Once.Do',
  'sync.Map',
  'sync.Pool',
  'runtime lock',
  'other',
] as const;

/**
 * `RWMutex.Lock` = behind another writer, `RWMutex.Lock (readers drain)` = for readers that were there first.
 * `RWMutex.Unlock` frees readers, `RWMutex.Unlock (next writer)` the next writer, `RWMutex.RUnlock` a draining writer.
 */
export type SiteKind = (typeof waitKinds)[number] | (typeof holdKinds)[number];

export type Role = 'wait' | 'hold' | 'other';

/** Leading frames of the library that tell the kind, first match wins: a frame text and the word it means. */
const prefixRules: Readonly<Record<'wait' | 'hold', readonly (readonly [RegExp, SiteKind])[]>> = {
  wait: [
    [/^sync\.\(\*Cond\)\.Wait$/, 'Cond.Wait'],
    [/^sync\.\(\*Pool\)\./, 'sync.Pool'],
    [/^sync\.\(\*Map\)\.|^internal\/sync\.\(\*HashTrieMap\[/, 'sync.Map'],
    [/^sync\.\(\*Once\)\./, 'Once.Do'],
    [/^sync\.\(\*WaitGroup\)\.Wait$/, 'WaitGroup.Wait'],
    [/^internal\/poll\.\(\*fdMutex\)\./, 'fdMutex'],
    [/^sync\.\(\*RWMutex\)\.RLock$/, 'RWMutex.RLock'],
    [/^sync\.\(\*RWMutex\)\.Lock$/, 'RWMutex.Lock'],
    [/^(?:internal\/)?sync\.\(\*Mutex\)\.Lock$/, 'Mutex.Lock'],
  ],
  hold: [
    [/^sync\.\(\*Pool\)\./, 'sync.Pool'],
    [/^sync\.\(\*Map\)\.|^internal\/sync\.\(\*HashTrieMap\[/, 'sync.Map'],
    [/^sync\.\(\*Once\)\./, 'Once.Do'],
    [/^sync\.\(\*RWMutex\)\.RUnlock$/, 'RWMutex.RUnlock'],
    [/^sync\.\(\*RWMutex\)\.Unlock$/, 'RWMutex.Unlock'],
    [/^(?:internal\/)?sync\.\(\*Mutex\)\.Unlock$/, 'Mutex.Unlock'],
  ],
};

const runtimeWaits: readonly (readonly [RegExp, SiteKind])[] = [
  [/^runtime\.chansend1?$/, 'chan send'],
  [/^runtime\.chanrecv[12]?$/, 'chan receive'],
  [/^runtime\.selectgo$/, 'select'],
];

/**
 * The kind of a stack from its library prefix (leaf first, normalised names): go-lock-profiles 1.3, all Go versions.
 * A writer behind another writer waits in the RWMutex's inner Mutex, one that drains readers in RWMutex.Lock itself;
 * the outermost construct wins, so Mutex.Lock below Once.doSlow is Once.Do. The re-lock inside Cond.Wait counts as
 * Cond.Wait: it is the price of the broadcast.
 */
export function kindOfPrefix(prefix: readonly string[], role: 'wait' | 'hold'): SiteKind {
  const leaf = prefix[0] ?? '';
  if (role === 'hold' && leaf.startsWith('runtime.')) return 'runtime lock';
  if (role === 'wait') {
    const runtimeWait = runtimeWaits.find(([pattern]) => pattern.test(leaf));
    if (runtimeWait !== undefined) return runtimeWait[1];
  }
  for (const [pattern, kind] of prefixRules[role]) {
    if (!prefix.some((name) => pattern.test(name))) continue;
    const inner = leaf.endsWith('sync.(*Mutex).Lock') || leaf.endsWith('sync.(*Mutex).Unlock');
    if (kind === 'RWMutex.Lock' && !inner) return 'RWMutex.Lock (readers drain)';
    if (kind === 'RWMutex.Unlock' && inner) return 'RWMutex.Unlock (next writer)';
    return kind;
  }
  return 'other';
}

const canonicalWaits: Partial<Readonly<Record<SiteKind, SiteKind>>> = {
  'Mutex.Unlock': 'Mutex.Lock',
  'RWMutex.RLock': 'RWMutex.Lock',
  'RWMutex.Lock (readers drain)': 'RWMutex.Lock',
  'RWMutex.Unlock': 'RWMutex.Lock',
  'RWMutex.Unlock (next writer)': 'RWMutex.Lock',
  'RWMutex.RUnlock': 'RWMutex.Lock',
};

/** One word for a whole lock, whichever of its sites is met first. */
export function waitKindOf(kind: SiteKind): SiteKind {
  return canonicalWaits[kind] ?? kind;
}
