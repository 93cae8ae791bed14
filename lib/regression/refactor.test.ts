import { expect, test } from 'vitest';
import { siteOfStack } from '@/lib/contention/site';
import { randomArms } from '@/tests/support/random-arms';
import { compareRuns } from './compare';
import { defaultOptions } from './options';
import type { Arm, ContentionRow, CpuRow } from './run';

const service = { locks: 5, functions: 6, lockNoise: 0.35, samples: 150 };

/** The head of identical code whose functions were renamed: every name is passed through `rename`. */
function renamed(arm: Arm, rename: (name: string) => string): Arm {
  const runs = arm.runs.map((run) => ({
    ...run,
    benchmark: run.benchmark === undefined ? undefined : rename(run.benchmark),
    times: run.times.map((time) => ({ ...time, name: rename(time.name) })),
  }));
  return mapRows(
    { ...arm, runs },
    {
      lock: (row) => lockAt(row, rename(row.site.function), row.site.line, row.callers.map(rename)),
      cpu: (row) => ({
        ...row,
        function: rename(row.function),
        callers: row.callers.map(rename),
        callees: row.callees.map(rename),
      }),
    },
  );
}

function mapRows(
  arm: Arm,
  of: { readonly lock?: (row: ContentionRow) => ContentionRow; readonly cpu?: (row: CpuRow) => CpuRow },
): Arm {
  const runs = arm.runs.map((run) => ({
    ...run,
    mutex: run.mutex?.map((row) => of.lock?.(row) ?? row),
    cpu: run.cpu?.map((row) => of.cpu?.(row) ?? row),
  }));
  return { ...arm, runs };
}

function lockAt(row: ContentionRow, name: string, line: number, callers: readonly string[]): ContentionRow {
  const frames = [
    { function: 'sync.(*Mutex).Unlock', file: 'sync/mutex.go', line: 1, startLine: 1 },
    { function: name, file: 'shop/store.go', line, startLine: row.site.startLine },
    ...callers.map((caller) => ({ function: caller, file: 'shop/serve.go', line: 9, startLine: 1 })),
  ];
  return { ...row, site: siteOfStack(frames, 'hold', { wrappers: [] }).site, callers };
}

const refactors: Readonly<Record<string, (arm: Arm) => Arm>> = {
  'a method is renamed': (arm) => renamed(arm, (name) => name.replace('(*Store1).Put', '(*Store1).Set')),
  'a type is renamed': (arm) => renamed(arm, (name) => name.replace('(*Store0)', '(*Cache)')),
  'a package moves': (arm) => renamed(arm, (name) => name.replace('shop.', 'shop/internal/core.')),
  'the module is renamed and gets a major version': (arm) =>
    renamed(arm, (name) => `example.com/${name}`.replace('shop', 'shop/v2')),
  'lines move inside functions': (arm) =>
    mapRows(arm, { lock: (row) => lockAt(row, row.site.function, row.site.line + 6, row.callers) }),
  'functions change their order in the file': (arm) =>
    mapRows(arm, {
      lock: (row) => ({
        ...row,
        site: { ...row.site, line: row.site.line + 500, startLine: row.site.startLine + 500 },
      }),
      cpu: (row) => ({ ...row, startLine: row.startLine + 500 }),
    }),
  'a file is renamed': (arm) =>
    mapRows(arm, {
      lock: (row) => ({ ...row, site: { ...row.site, file: 'shop/other.go' } }),
      cpu: (row) => ({ ...row, file: 'shop/other.go' }),
    }),
  'the critical section is extracted': (arm) =>
    mapRows(arm, {
      lock: (row) =>
        row.site.function === 'shop.(*Store2).Put'
          ? lockAt(row, 'shop.(*Store2).locked', 102, ['shop.(*Store2).Put'])
          : row,
    }),
  'two functions are renamed': (arm) =>
    renamed(arm, (name) => name.replace('encode3', 'render').replace('encode4', 'draw')),
  'a function is split': (arm) => ({
    ...arm,
    runs: arm.runs.map((run) => ({
      ...run,
      cpu: run.cpu?.flatMap((row): CpuRow[] => {
        if (row.function !== 'shop.encode2') return [row];
        const outer = { ...row, selfNs: row.selfNs * 0.3, callees: ['shop.encode2Body'] };
        const part = 0.7 * row.cumulativeNs;
        const inner = {
          function: 'shop.encode2Body',
          selfNs: part,
          cumulativeNs: part,
          samples: Math.round(row.samples * 0.7),
        };
        return [outer, { ...row, ...inner, callers: ['shop.encode2'] }];
      }),
    })),
  }),
};

test.each(Object.entries(refactors))('no regression and nothing suspicious when %s', (_, refactor) => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const [base, head] = randomArms(seed, 10, service);
    const { sites } = compareRuns(base, refactor(head), defaultOptions);
    const told = sites.filter(
      ({ primary, verdict }) => primary && (verdict === 'regression' || verdict === 'suspicious'),
    );
    const before = compareRuns(base, head, defaultOptions).sites;
    // What noise alone makes suspicious is not the refactoring's.
    const noise = before.filter(({ primary, verdict }) => primary && verdict === 'suspicious').length;
    expect(told.map(({ verdict, metric, site }) => `${verdict} ${metric} ${site.function}`).slice(noise)).toEqual([]);
  }
});
