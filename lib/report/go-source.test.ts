import { expect, test } from 'vitest';
import { functionAround, lockField, mentionsLock, onlyField, sectionLines } from './go-source';

const source = `package config

func (m *Manager) Get() *Config {
	m.mu.RLock() // m.other.Lock()
	defer m.mu.RUnlock()
	return m.config
}

func (m *Manager) Reload(ctx context.Context) error {
	next := &Config{}
	m.mu.Lock()
	rows, err := db.QueryContext(ctx, rules)
	m.config = next
	m.mu.Unlock()
	return err
}

func idle() { select {} }
`.split('\n');

const shape = (line: number) => {
  const at = functionAround(source, line);
  if (at === undefined) return 'no function';
  return sectionLines(source, at, line)
    .map(({ held, site, mayDoIo }) => (held ? 'h' : '.') + (site ? 's' : '') + (mayDoIo ? 'i' : ''))
    .join(' ');
};

test('finds the function around a line and where its lock is held', () => {
  expect(functionAround(source, 12)).toEqual({ first: 9, last: 16 });
  expect(shape(14)).toBe('. . h hi h hs . .');
});

test('a deferred unlock holds to the end of the function', () => {
  expect(shape(6)).toBe('. h h hs .');
});

test('a line between functions belongs to none', () => {
  expect(shape(8)).toBe('no function');
  expect(functionAround(source, 18)).toEqual({ first: 18, last: 18 });
});

test('names a field only when the lines show exactly one', () => {
  expect(lockField('	m.mu.RLock() // m.other.Lock()')).toBe('mu');
  expect(lockField('	s.shards[i].mu.Lock()')).toBeUndefined();
  expect(lockField('	m.Lock()')).toBeUndefined();
  expect(onlyField(['m.mu.Lock()', 'm.mu.RUnlock()'], [])).toBe('mu');
  expect(onlyField(['m.a.Lock()', 'm.b.Lock()'], ['m.a.Lock()'])).toBeUndefined();
  expect(onlyField(['return err'], ['m.mu.Lock()'])).toBe('mu');
});

test('tells text that does not fit the profile', () => {
  expect(mentionsLock(source, { first: 18, last: 18 })).toBe(false);
  expect(mentionsLock(source, { first: 9, last: 16 })).toBe(true);
});
