import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { matchesAny } from '@/lib/contention/function-pattern';
import { parseBudget } from './parse';
import { acceptedOn, idleRules, rulesOfFunction } from './rules-of-function';
import { budgetSchema } from './schema';

const refusal = (text: string) => {
  try {
    parseBudget(text, '.lockscope.yml');
  } catch (error) {
    return error;
  }
  throw new Error('it was accepted');
};

const full = `
mode: gate
comment: always
defaults: { lock: 40, cpu: 15, time: 3, q: 0.01, runs: 12, second_look: false }
suites:
  - name: api
    packages: [./api/...]
    benchmarks: Server
    benchtime: 20000x
    cpu: 4
    profiles: [mutex]
    runs: 20
    timeout: 90s
  - name: rest
budgets:
  - function: cache.*
    gate: 50
    max_delay_per_op: 20us
  - function: cache.(*LRU).Get
    max_contentions_per_op: 0.01
    severity: warn
    gate: 100
ignore:
  - { function: legacy., reason: is being removed, expires: 2026-12-31 }
accepted:
  - { site: 3f2a9c1d00aa, function: a.B, metric: mutex.delay, from: 10, to: 25.5, pull: 8, by: ana, reason: wanted, expires: 2026-12-31 }
wrappers: [trylock.]
owners: { "cache.": "@team-cache" }
`;

test('the empty file gives the defaults: report mode, 10 runs, one suite over all packages', () => {
  expect(parseBudget('', '.lockscope.yml')).toEqual({
    mode: 'report',
    comment: 'on-change',
    gates: { lock: undefined, cpu: undefined, time: undefined },
    q: 0.05,
    runs: 10,
    secondLook: true,
    suites: [
      {
        name: 'default',
        packages: ['./...'],
        benchmarks: '.',
        benchtime: { targetMs: 1_000 },
        gomaxprocs: undefined,
        profiles: ['block', 'mutex', 'cpu'],
        runs: 10,
        timeoutMs: 600_000,
      },
    ],
    rules: [],
    ignored: [],
    accepted: [],
    wrappers: [],
    owners: [],
  });
});

test('every setting is read in its unit: percent as a share, durations in ns and ms', () => {
  const budget = parseBudget(full, '.lockscope.yml');
  expect(budget.gates).toEqual({ lock: 0.4, cpu: 0.15, time: 0.03 });
  expect(budget).toMatchObject({ mode: 'gate', comment: 'always', q: 0.01, runs: 12, secondLook: false });
  expect(budget.suites[0]).toMatchObject({ benchtime: { operations: 20_000 }, gomaxprocs: 4, runs: 20 });
  expect(budget.suites[0]).toMatchObject({ profiles: ['mutex'], timeoutMs: 90_000 });
  expect(budget.suites[1]).toMatchObject({ name: 'rest', runs: 12, packages: ['./...'] });
  expect(budget.rules[0]).toMatchObject({ line: 16, gate: 0.5, maxDelayPerOpNs: 20_000 });
  expect(budget.accepted).toMatchObject([{ site: '3f2a9c1d00aa', level: 25.5, by: 'ana', line: 26 }]);
});

test('an unknown key is named with its line and with what is known there', () => {
  expect(refusal('mode: gate\nsuites:\n  - name: api\n    bench: Server\n')).toMatchObject({
    code: 'budget.invalid',
    place: 'line 4',
    message:
      '.lockscope.yml:4: there is no setting suites.bench; known here: name, packages, benchmarks, benchtime, cpu, profiles, runs, timeout',
  });
});

test('all faults are told at once, in the order of the file', () => {
  const error = refusal(
    'mode: strict\ndefaults:\n  lock: "25 %"\nignore:\n  - function: a.B\n    reason: old\nthreshold: 3\n',
  );
  expect(String((error as Error).message).split('\n')).toEqual([
    '.lockscope.yml:1: mode must be equal to one of the allowed values: report, gate',
    '.lockscope.yml:3: defaults.lock must be number',
    ".lockscope.yml:5: ignore must have required property 'expires'",
    '.lockscope.yml:7: there is no setting threshold; known here: mode, comment, defaults, suites, budgets, ignore, accepted, wrappers, owners',
  ]);
});

test('what is no YAML is told with its line', () => {
  expect(refusal('mode: gate\nsuites: [\n')).toMatchObject({ code: 'budget.syntax', place: 'line 3' });
  expect(refusal('mode: gate\nmode: report\n')).toMatchObject({
    code: 'budget.syntax',
    message: '.lockscope.yml:2: Map keys must be unique',
  });
});

test('a list at the top, two suites of one name and a date that is none are refused', () => {
  expect(refusal('- mode: gate')).toMatchObject({ message: '.lockscope.yml:1: the file must be object' });
  expect(refusal('suites:\n  - name: a\n  - name: a\n')).toMatchObject({
    message: '.lockscope.yml:3: a second suite named a',
  });
  expect(refusal('ignore: [{ function: a, reason: b, expires: soon }]')).toMatchObject({ place: 'line 1' });
});

test('of several rules that match a function, the later one decides, key by key', () => {
  const budget = parseBudget(full, '.lockscope.yml');
  expect(rulesOfFunction(budget, 'example.com/shop/cache.(*LRU).Get', '2026-11-25', matchesAny)).toMatchObject({
    gate: 1,
    maxDelayPerOpNs: 20_000,
    maxContentionsPerOp: 0.01,
    severity: 'warn',
    owner: 'team-cache',
    ignored: undefined,
  });
  expect(rulesOfFunction(budget, 'example.com/shop/ledger.Add', '2026-11-25', matchesAny)).toMatchObject({
    gate: undefined,
    severity: 'fail',
    owner: undefined,
    matched: [],
  });
});

test('ignoring and accepting end with their last day', () => {
  const budget = parseBudget(full, '.lockscope.yml');
  const ignored = (today: string) => rulesOfFunction(budget, 'shop/legacy.Run', today, matchesAny).ignored?.reason;
  expect(ignored('2026-12-31')).toBe('is being removed');
  expect(ignored('2027-01-01')).toBe(undefined);
  expect(acceptedOn(budget, '2026-12-31')).toHaveLength(1);
  expect(acceptedOn(budget, '2027-01-01')).toEqual([]);
});

test('rules that match nothing and entries that have expired are named with their lines', () => {
  const budget = parseBudget(full, '.lockscope.yml');
  expect(idleRules(budget, ['shop/cache.(*Map).Set'], '2026-11-25', matchesAny)).toEqual({
    matchNothing: [
      { pattern: 'cache.(*LRU).Get', line: 19 },
      { pattern: 'legacy.', line: 24 },
    ],
    expired: [],
  });
  expect(idleRules(budget, ['shop/cache.(*LRU).Get'], '2027-01-01', matchesAny)).toEqual({
    matchNothing: [],
    expired: [
      { what: 'ignore legacy.', line: 24, expires: '2026-12-31' },
      { what: 'accepted 3f2a9c1d00aa', line: 26, expires: '2026-12-31' },
    ],
  });
});

test('the schema that editors read is the one that is checked (UPDATE_GOLDEN=1 rewrites it)', () => {
  const file = new URL('../../public/schema/lockscope.yml.json', import.meta.url);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, `${JSON.stringify(budgetSchema, null, 2)}\n`);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(budgetSchema);
});
