import { expect, test } from 'vitest';
import type { SiteDef } from '@/lib/profile/site';
import { idText, lockId, parseLockId, publicSiteIds } from './identity';

const site = (id: bigint, change: Partial<SiteDef> = {}): SiteDef => ({
  id,
  level: 'site',
  kind: 'Mutex.Lock',
  family: 'Mutex',
  function: 'shop.(*L).Add',
  file: 'l.go',
  line: 20,
  startLine: 18,
  root: false,
  lock: 1n,
  ...change,
});
const idsOf = (...sites: readonly SiteDef[]) => [...publicSiteIds(sites).values()];

test('a lock is its family, package and type: methods, pointers and closures of the type are the same lock', () => {
  const id = lockId('RWMutex', 'x/cfg.(*M).Get');
  expect(lockId('RWMutex', 'x/cfg.(*M).Reload.func1')).toBe(id);
  expect(lockId('RWMutex', 'x/cfg.M.Size')).toBe(id);
  const others = [
    lockId('Mutex', 'x/cfg.(*M).Get'),
    lockId('RWMutex', 'y/cfg.(*M).Get'),
    lockId('RWMutex', 'x/cfg.(*N).Get'),
    lockId('RWMutex', 'x/cfg.M'),
  ];
  expect(new Set([id, ...others]).size).toBe(5);
});

test('ids are the same in every build and survive their text form', () => {
  const id = lockId('RWMutex', 'example.com/ordersvc/internal/config.(*OrderConfigManager).GetConfig');
  expect(idText(id)).toBe('ef9514cb39ef4732');
  expect(parseLockId(idText(id))).toBe(id);
  expect(['', 'ef9514cb39ef473', 'EF9514CB39EF4732', '../etc'].map(parseLockId)).toEqual(new Array(4).fill(undefined));
});

test('a site keeps its id when the function moves in the file, and changes it when the line in the function does', () => {
  const [before] = idsOf(site(1n));
  expect(idsOf(site(2n, { line: 120, startLine: 118, file: 'moved.go' }))).toEqual([before]);
  expect(idsOf(site(2n, { line: 21 }))).not.toEqual([before]);
  expect(idsOf(site(2n, { kind: 'Mutex.Unlock' }))).not.toEqual([before]);
});

test('without a first line the ordinal in the function stands in for the offset', () => {
  const unknown = { startLine: 0 };
  const before = idsOf(site(1n, { ...unknown, line: 20 }), site(2n, { ...unknown, line: 31 }));
  const moved = idsOf(site(3n, { ...unknown, line: 31 }), site(4n, { ...unknown, line: 44 }));
  expect(moved).toEqual(before);
  expect(new Set(before).size).toBe(2);
});
