import { expect, test } from 'vitest';
import { randomArms } from '@/tests/support/random-arms';
import { compareRuns } from './compare';
import type { Comparison } from './comparison';
import { defaultOptions } from './options';
import type { Arm, ContentionRow, Run } from './run';

const service = { locks: 6, functions: 6, lockNoise: 0.2, samples: 80 };
const seeds = Array.from({ length: 12 }, (_, i) => i + 1);
const changed = { lock: { index: 1, factor: 3 }, cpu: { index: 2, factor: 2 }, newLock: true };

const compare = (base: Arm, head: Arm) => compareRuns(base, head, defaultOptions);

/** `mutex.delay shop.(*Store1).Put`, sorted: what has the verdict. */
function withVerdict({ sites }: Comparison, verdict: string): string[] {
  return sites
    .filter((site) => site.primary && site.verdict === verdict)
    .map(({ metric, site }) => `${metric} ${site.function}`)
    .sort();
}

test('an arm against itself has no change, whatever its noise', () => {
  for (const seed of seeds) {
    const [arm] = randomArms(seed, 10, { ...service, lockNoise: 0.8 });
    const { sites } = compare(arm, arm);
    expect(sites.filter(({ verdict }) => !['unchanged', 'inconclusive'].includes(verdict))).toEqual([]);
    expect(sites.filter(({ ratio }) => ratio !== null && ratio !== 1)).toEqual([]);
  }
});

test('with the arms exchanged, regressions are improvements', () => {
  for (const seed of seeds) {
    const [base, head] = randomArms(seed, 10, service, changed);
    const [forth, back] = [compare(base, head), compare(head, base)];
    expect(withVerdict(back, 'improved')).toEqual(withVerdict(forth, 'regression'));
    expect(withVerdict(back, 'regression')).toEqual(withVerdict(forth, 'improved'));
    expect(withVerdict(forth, 'regression')).toContain('mutex.delay shop.(*Store1).Put');
  }
});

test('the order of runs inside an arm changes nothing but the order of values', () => {
  const turned = (arm: Arm): Arm => ({ ...arm, runs: [...arm.runs.slice(4), ...arm.runs.slice(0, 4).reverse()] });
  const unordered = (comparison: Comparison): unknown =>
    JSON.parse(
      JSON.stringify(comparison, (key, value: unknown) =>
        key === 'values' && Array.isArray(value) ? [...value].sort() : value,
      ),
    );
  for (const seed of seeds) {
    const [base, head] = randomArms(seed, 10, service, changed);
    expect(unordered(compare(turned(base), turned(head)))).toEqual(unordered(compare(base, head)));
  }
});

test('identical input gives identical bytes', () => {
  const text = () => JSON.stringify(compare(...randomArms(3, 10, service, changed)));
  expect(text()).toBe(text());
});

test('a site of which nothing changes lowers no p of the others', () => {
  for (const seed of seeds) {
    const [base, head] = randomArms(seed, 10, service, changed);
    const more = (arm: Arm): Arm => ({ ...arm, runs: arm.runs.map((run) => ({ ...run, mutex: withSteadySite(run) })) });
    const before = new Map(compare(base, head).sites.map((site) => [site.metric + site.site.id, site.p]));
    for (const site of compare(more(base), more(head)).sites) {
      expect(site.p).toBeGreaterThanOrEqual(before.get(site.metric + site.site.id) ?? 0);
    }
  }
});

function withSteadySite(run: Run): ContentionRow[] {
  const rows = run.mutex ?? [];
  const [first] = rows;
  if (first === undefined) return [];
  const site = { ...first.site, id: 1n, lock: 2n, function: 'shop.(*Steady).Put' };
  return [...rows, { ...first, site, delayNs: 1e8, contentions: 50 }];
}

test('every site is in the list or counted as left out', () => {
  for (const seed of seeds) {
    const [base, head] = randomArms(seed, 10, { ...service, locks: 30 }, changed);
    const { sites, leftOut } = compare(base, head);
    const listed = sites.filter(({ primary }) => primary).length;
    const leftOutSites = leftOut.reduce((sum, { sites: count }) => sum + count, 0);
    // Locks and the new one, functions, and the time of the benchmark.
    expect(listed + leftOutSites).toBe(31 + 6 + 1);
    expect(leftOutSites).toBeGreaterThan(0);
  }
});

test('the same change against a stored base is suspicious, never a regression', () => {
  for (const seed of seeds) {
    const [base, head] = randomArms(seed, 10, service, changed);
    const comparison = compareRuns(base, head, { ...defaultOptions, stored: true });
    expect(comparison.verdict).toBe('suspicious');
    expect(comparison.trust.map(({ code }) => code)).toContain('stored-base');
  }
});
