import { expect, test } from 'vitest';
import type { Frame } from '@/lib/profile/profile';
import { describeGoRange, inferGoRange, mutexMeaning, parseGoVersion } from './version';

test('versions are read as Go and people write them', () => {
  expect(['go1.23.5', '1.26', 'go1.22rc1', 'go1.25 or newer'].map((text) => parseGoVersion(text)?.minor)).toEqual([
    23, 26, 22, 25,
  ]);
  expect(['', '2.0', 'go', '1', 'v1.23'].map(parseGoVersion)).toEqual(new Array(5).fill(undefined));
});

test('Go 1.22 is the border of what mutex delay means', () => {
  expect(mutexMeaning(['go1.21.13'])).toBe('first waiter');
  expect(mutexMeaning(['go1.22.0', 'go1.27.3'])).toBe('all waiters');
  expect(mutexMeaning(['go1.21.13', 'go1.22.0'])).toBe('mixed');
  expect(mutexMeaning([])).toBe('unknown');
  expect(mutexMeaning(['devel'])).toBe('unknown');
});

const inferred = (...frames: readonly (string | readonly [string, string])[]) => {
  const range = inferGoRange(
    frames.map((frame): Frame => {
      const [name, file] = typeof frame === 'string' ? [frame, ''] : frame;
      return { function: name, file, line: 1, startLine: 0 };
    }),
  );
  return range === undefined ? undefined : describeGoRange(range);
};

test('stacks narrow the version as far as they allow', () => {
  expect(inferred('main.main')).toBeUndefined();
  expect(inferred('internal/sync.(*HashTrieMap[...]).Swap')).toBe('go1.24 or newer');
  expect(inferred('runtime.unlock')).toBe('go1.25 or newer');
  expect(inferred('main.F·dwrap·1')).toBe('go1.21 or older');
  expect(inferred('runtime._LostContendedRuntimeLock', 'sync.(*Map).missLocked')).toBe('go1.22 to go1.24');
  expect(inferred(['sync.(*Mutex).Lock', '/opt/goroot/usr/lib/go-1.21/src/sync/mutex.go'])).toBe('go1.21');
  expect(inferred(['sync.(*Mutex).Lock', '/usr/local/go1.26.8/src/sync/mutex.go'])).toBe('go1.26');
  const toolchain = '/go/pkg/mod/golang.org/toolchain@v0.0.1-go1.22.3.linux-amd64/src/sync/mutex.go';
  expect(inferred(['sync.(*Mutex).Lock', toolchain])).toBe('go1.22');
  expect(inferred(['sync.(*Mutex).Lock', '/usr/local/go/src/sync/mutex.go'])).toBeUndefined();
});

test('a path of the program itself names no version, and contradictions are no answer', () => {
  expect(inferred(['main.main', '/home/me/go-1.19/src/app/main.go'])).toBeUndefined();
  expect(inferred('main.F·dwrap·1', 'runtime.unlock')).toBeUndefined();
});
