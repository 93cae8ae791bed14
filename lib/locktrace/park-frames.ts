/** Frames that only park a goroutine or take a semaphore: GoStatusStack shows them, GoBlock hides them. */
const parking = new Set([
  'runtime.gopark',
  'runtime.goparkunlock',
  'runtime.park_m',
  'runtime.semacquire',
  'runtime.semacquire1',
  'runtime.semrelease1',
  'runtime.goyield',
  'runtime.chansend',
  'runtime.chanrecv',
  'runtime.netpollblock',
  'sync.(*Mutex).lockSlow',
  'internal/sync.(*Mutex).lockSlow',
  'internal/sync.(*Mutex).Lock',
  'sync.(*Mutex).unlockSlow',
  'internal/sync.(*Mutex).unlockSlow',
  'internal/sync.(*Mutex).Unlock',
]);
const semaphores = /^(?:internal\/)?(?:sync|poll|internal\/poll)\.runtime_(?:Sem(?:acquire|release)|notifyList)/;

/** How many frames at the leaf only park. Go's own block events begin after them, in every version. */
export function parkFrames(functions: readonly string[]): number {
  const first = functions.findIndex((name) => !parking.has(name) && !semaphores.test(name));
  return first < 0 ? functions.length : first;
}

const reasons: readonly (readonly [RegExp, string])[] = [
  [/\.runtime_notifyListWait$/, 'sync.(*Cond).Wait'],
  [/\.runtime_Semacquire|^runtime\.semacquire/, 'sync'],
  [/^runtime\.chansend/, 'chan send'],
  [/^runtime\.chanrecv/, 'chan receive'],
  [/^runtime\.selectgo$/, 'select'],
  [/^runtime\.netpollblock$|\.runtime_pollWait$/, 'network'],
  [/^time\.Sleep$/, 'sleep'],
  [
    /^runtime\.(?:bgsweep|bgscavenge|forcegchelper|runFinalizers|runfinq|gcBgMarkWorker|\(\*scavengerState\))/,
    'system goroutine wait',
  ],
];

/** The block reason of a goroutine that waited before the trace began, from its full stack; "" when nothing tells it. */
export function reasonOfStack(functions: readonly string[]): string {
  for (const name of functions) {
    const found = reasons.find(([pattern]) => pattern.test(name));
    if (found !== undefined) return found[1];
  }
  return '';
}
