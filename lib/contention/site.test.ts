import { describe, expect, test } from 'vitest';
import { framesOfStack } from '@/lib/profile/frame';
import { profileFromText } from '../../tests/support/profile-from-text';
import type { Role } from './kind';
import { defaultWrappers, siteOfStack } from './site';

/** `kind | family | function:line | root`, of a stack written leaf first. */
function siteOf(stack: string, role: Role = 'wait', wrappers: readonly string[] = defaultWrappers): string {
  const profile = profileFromText(`block\ncontentions stack\n1 ${stack}`);
  const { site } = siteOfStack(framesOfStack(profile, 0), role, { wrappers });
  return `${site.kind} | ${site.family} | ${site.function}:${site.line}${site.root ? ' | root' : ''}`;
}

describe('waits', () => {
  test('a writer behind a writer is told from a writer that drains readers', () => {
    expect(siteOf('sync.(*Mutex).Lock ; sync.(*RWMutex).Lock ; shop.(*Store).Put s.go:7 ; main.main')).toBe(
      'RWMutex.Lock | RWMutex | shop.(*Store).Put:7',
    );
    expect(siteOf('sync.(*RWMutex).Lock ; shop.(*Store).Put s.go:7 ; main.main')).toBe(
      'RWMutex.Lock (readers drain) | RWMutex | shop.(*Store).Put:7',
    );
  });

  test('Once, Map, Pool and Cond are named, not the mutex inside them', () => {
    expect(siteOf('sync.(*Mutex).Lock ; sync.(*Once).doSlow ; sync.(*Once).Do ; a.F a.go:1 ; b.G')).toContain(
      'Once.Do | Once',
    );
    expect(siteOf('sync.(*Mutex).Lock ; sync.(*Map).Swap ; sync.(*Map).Store ; a.F a.go:1 ; b.G')).toContain(
      'sync.Map',
    );
    expect(siteOf('internal/sync.(*HashTrieMap[...]).Swap ; sync.(*Map).Swap ; a.F a.go:1 ; b.G')).toContain(
      'sync.Map',
    );
    expect(siteOf('sync.(*Mutex).Lock ; sync.(*Pool).pinSlow ; sync.(*Pool).Get ; a.F a.go:1 ; b.G')).toContain(
      'sync.Pool',
    );
    expect(siteOf('sync.(*Mutex).Lock ; sync.(*Cond).Wait ; a.F a.go:1 ; b.G')).toContain('Cond.Wait | Cond');
  });

  test('an RLocker is the reader side of its RWMutex', () => {
    expect(siteOf('sync.(*RWMutex).RLock ; sync.(*rlocker).Lock ; a.F a.go:3 ; b.G')).toBe(
      'RWMutex.RLock | RWMutex | a.F:3',
    );
  });

  test('channels, selects and descriptor locks are waits without a lock', () => {
    expect(siteOf('runtime.chansend1 ; a.Send a.go:1 ; b.G')).toBe('chan send | chan | a.Send:1');
    expect(siteOf('runtime.chanrecv2 ; a.consume a.go:2')).toBe('chan receive | chan | a.consume:2 | root');
    expect(siteOf('runtime.selectgo ; database/sql.(*DB).conn sql.go:9 ; a.Load')).toBe(
      'select | select | database/sql.(*DB).conn:9',
    );
    expect(
      siteOf('internal/poll.(*fdMutex).rwlock ; internal/poll.(*FD).writeLock ; net.(*conn).Write n.go:5 ; a.F'),
    ).toBe('fdMutex | fdMutex | net.(*conn).Write:5');
  });

  test('a goroutine that WaitGroup.Go started has its function as root', () => {
    expect(siteOf('runtime.selectgo ; a.run a.go:4 ; sync.(*WaitGroup).Go.func1')).toContain('| root');
  });

  test('housekeeping of the runtime is its own site, whoever happened to start it', () => {
    expect(
      siteOf('runtime.chanrecv1 ; runtime.gcBgMarkStartWorkers ; runtime.gcStart ; runtime.mallocgc ; a.F a.go:1'),
    ).toContain('chan receive | chan | runtime.gcBgMarkStartWorkers:0');
  });
});

describe('unlocks', () => {
  test('a RWMutex tells what its unlock freed', () => {
    expect(siteOf('sync.(*RWMutex).Unlock ; a.F a.go:1 ; b.G', 'hold')).toContain('RWMutex.Unlock |');
    expect(siteOf('sync.(*Mutex).Unlock ; sync.(*RWMutex).Unlock ; a.F a.go:1 ; b.G', 'hold')).toContain(
      'RWMutex.Unlock (next writer)',
    );
    expect(siteOf('sync.(*RWMutex).RUnlock ; a.F a.go:1 ; b.G', 'hold')).toContain('RWMutex.RUnlock');
  });

  test('runtime locks stay apart in every Go version', () => {
    expect(siteOf('runtime._LostContendedRuntimeLock', 'hold')).toContain('runtime lock | runtime');
    expect(siteOf('runtime.unlock ; runtime.(*timers).addHeap ; a.F a.go:1 ; b.G', 'hold')).toBe(
      'runtime lock | runtime | a.F:1',
    );
  });
});

describe('frames that are looked through', () => {
  test('compiler wrappers and deferreturn stand between a deferred unlock and its function', () => {
    expect(
      siteOf('sync.(*RWMutex).Unlock ; a.(*C[...]).Fill.deferwrap1 a.go:3 ; a.(*C[...]).Fill a.go:9 ; b.G', 'hold'),
    ).toBe('RWMutex.Unlock | RWMutex | a.(*C[...]).Fill:9');
    expect(siteOf('sync.(*Mutex).Unlock ; runtime.deferreturn ; a.F a.go:9 ; b.G', 'hold')).toContain('a.F:9');
    expect(siteOf('runtime.chanrecv1 ; a.F a.go:9 ; a.F·dwrap·2 a.go:1')).toBe('chan receive | chan | a.F:9 | root');
  });

  test('a wrapper is kept when no other frame is left', () => {
    expect(siteOf('a.Start.gowrap1 a.go:3')).toContain('a.Start.gowrap1:3');
  });

  test('only the suffix of a range-over-func body goes', () => {
    expect(siteOf('sync.(*Mutex).Lock ; a.F-range1 a.go:3 ; b.G')).toBe('Mutex.Lock | Mutex | a.F:3');
  });

  test('go-deadlock is looked through by default, other wrappers when named', () => {
    const stack =
      'sync.(*RWMutex).RLock ; github.com/sasha-s/go-deadlock.lock ; github.com/sasha-s/go-deadlock.(*RWMutex).RLock ; a.F a.go:1 ; b.G';
    expect(siteOf(stack)).toBe('RWMutex.RLock | RWMutex | a.F:1');
    const helper = 'sync.(*Mutex).Lock ; x.example/a.withLock a.go:2 ; x.example/a.bill a.go:8 ; b.G';
    expect(siteOf(helper)).toContain('x.example/a.withLock:2');
    expect(siteOf(helper, 'wait', ['x.example/a.withLock'])).toContain('x.example/a.bill:8');
    expect(siteOf(helper, 'wait', ['a.with*'])).toContain('x.example/a.bill:8');
  });

  test('the star of a pointer receiver in a pattern is itself', () => {
    const stack = 'sync.(*Mutex).Lock ; a.(*Counter).lock a.go:2 ; a.count a.go:8 ; b.G';
    expect(siteOf(stack, 'wait', ['a.(*Counter).lock'])).toContain('a.count:8');
    expect(siteOf(stack, 'wait', ['a.(*Other).lock'])).toContain('a.(*Counter).lock:2');
  });
});

test('code without a name is a site that accuses nobody', () => {
  const frames = [
    { function: 'sync.(*Mutex).Lock', file: 'mutex.go', line: 90, startLine: 0 },
    { function: '0x4a3f21', file: '/bin/app', line: 0, startLine: 0 },
    { function: 'main.main', file: 'main.go', line: 3, startLine: 1 },
  ];
  const { site } = siteOfStack(frames, 'wait', { wrappers: defaultWrappers });
  expect([site.kind, site.function]).toEqual(['Mutex.Lock', '']);
});

test('other profiles have their leaf as site', () => {
  expect(siteOf('runtime.memmove m.s:2 ; a.Copy a.go:1', 'other')).toBe('other | other | runtime.memmove:2');
});

test('both sides of one type make one lock row, whatever the site', () => {
  const profile = profileFromText(`block
    contentions stack
    1 sync.(*RWMutex).RLock ; x/cfg.(*M).Get m.go:4 ; main.main
    1 sync.(*RWMutex).Unlock ; x/cfg.(*M).Reload m.go:9 ; main.main`);
  const wait = siteOfStack(framesOfStack(profile, 0), 'wait', { wrappers: [] });
  const hold = siteOfStack(framesOfStack(profile, 1), 'hold', { wrappers: [] });
  expect(wait.lock.id).toBe(hold.lock.id);
  expect(wait.site.id).not.toBe(hold.site.id);
});
