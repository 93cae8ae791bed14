import { expect, test } from 'vitest';
import { assertSqliteFitsNode, sqliteMisfit } from './fits-node';

test.each([
  ['12.11.1', '20.20.2'],
  ['12.11.1', '22.5.0'],
  ['12.11.1', '24.18.1'],
  ['13.2.0', '22.5.0'],
  ['13.2.0', '24.21.0'],
  ['13.2.0', '26.0.0'],
])('better-sqlite3 %s is let run on Node %s', (sqlite, node) => {
  expect(sqliteMisfit(sqlite, node)).toBeUndefined();
});

test.each([
  ['12.11.1', '24.19.0', 'better-sqlite3 12.11.1 aborts on Node 24.19.0: run "npm run setup"'],
  ['12.11.1', '26.0.0', 'better-sqlite3 12.11.1 aborts on Node 26.0.0: run "npm run setup"'],
  ['13.2.0', '20.20.2', 'better-sqlite3 13.2.0 crashes on Node 20.20.2: run "npm run setup"'],
])('better-sqlite3 %s on Node %s is refused with what to run', (sqlite, node, sentence) => {
  expect(sqliteMisfit(sqlite, node)).toMatch(sentence);
});

test('the one installed here fits the Node that runs this', () => {
  expect(assertSqliteFitsNode).not.toThrow();
});
