import { expect, test } from 'vitest';
import { commentContext } from '../../../tests/support/comment-context';
import { changedSite, comparison, lockChange, lockSite, side, siteChange } from '../../../tests/support/comparison-of';
import { isOfLaterRun } from './marker';
import { renderComment, renderFailure, withoutTime } from './render';

const worse = lockChange();
const displaced = lockChange({
  id: 'ledger',
  name: 'ledger.(*Ledger)',
  waiting: { unit: 'goroutines', base: side(0.01, 0.01), head: side(2.1, 2.1), noise: 0 },
  movedWith: worse.name,
  why: 'about 590 released requests reach it together',
});
const regression = comparison({
  sites: [lockSite(worse)],
  locks: [
    worse,
    displaced,
    ...['a', 'b', 'c'].map((id) =>
      lockChange({ id, name: id, verdict: 'unchanged', q: 1, holder: null, waiter: null }),
    ),
  ],
  blindBelowRatio: { lock: 7, cpu: null, time: null },
  trust: [{ code: 'noise.base', message: 'the runner was busy during 4 of 10 base runs (0.26 – 3.6 waiting)' }],
});

const golden = (name: string) => `../../../tests/golden/pr-comment.${name}.md`;
const commentOf = (...args: Parameters<typeof renderComment>) => renderComment(...args).markdown;

test('a lock that waits longer: headline, numbers, one table, the rest folded, below 4 kB', async () => {
  const context = commentContext({ touched: [{ file: 'internal/config.go', lines: [50, 51] }] });
  const text = commentOf(regression, context);
  await expect(text).toMatchFileSnapshot(golden('regression'));
  expect(Buffer.byteLength(text)).toBeLessThan(4096);
  expect(text).not.toContain('@');
});

test('CPU time and a benchmark get a table of their own', async () => {
  const slower = siteChange({
    site: changedSite('example.com/order/codec.BenchmarkEncode', '', 0, 'benchmark'),
    metric: 'time',
    why: 'slower in every run',
  });
  const text = commentOf(comparison({ unit: 'op', sites: [siteChange(), slower] }), commentContext({ mode: 'gate' }));
  await expect(text).toMatchFileSnapshot(golden('cpu-and-time'));
});

test('nothing worse: what would have been seen, and no table', async () => {
  const same = lockChange({ verdict: 'unchanged', q: 0.8 });
  const text = commentOf(
    comparison({ verdict: 'unchanged', locks: [same], sites: [lockSite(same)] }),
    commentContext(),
  );
  await expect(text).toMatchFileSnapshot(golden('unchanged'));
});

test('few runs: could not tell, and never green', async () => {
  const text = commentOf(
    comparison({
      verdict: 'inconclusive',
      runs: { base: 3, head: 3, interleaved: true },
      blindBelowRatio: { lock: null, cpu: null, time: null },
    }),
    commentContext({ link: undefined, reportId: undefined }),
  );
  await expect(text).toMatchFileSnapshot(golden('inconclusive'));
});

test('a report that failed says so in place of what stood there', async () => {
  const failure = { ...commentContext(), reason: 'The build of head failed: config.go:12:2: undefined: sink' };
  await expect(renderFailure(failure)).toMatchFileSnapshot(golden('failure'));
});

test('suspicious changes are folded, and the headline says that they are not proven', () => {
  const perhaps = lockChange({ verdict: 'suspicious', q: 0.08 });
  const text = commentOf(
    comparison({ verdict: 'suspicious', locks: [perhaps], sites: [lockSite(perhaps)] }),
    commentContext(),
  );
  expect(text.split('\n')[1]).toMatch(/^### △ Not proven: 1.lock may wait longer · order-service/);
  expect(text.indexOf('| lock |')).toBeGreaterThan(text.indexOf('<details>'));
});

test('a displaced lock is no regression of its own', () => {
  const text = commentOf(regression, commentContext());
  expect(text).toMatch(/### ▲ 1.lock waits longer/);
  expect(text.match(/`ledger\.\(\*Ledger\)`/g)).toHaveLength(1);
});

test('two reports that differ in their time only are the same', () => {
  const [early, late] = [1, 2].map((hour) =>
    commentOf(regression, commentContext({ updatedAt: hour * 3_600_000, run: { run: hour, attempt: 1 } })),
  );
  expect(early).not.toBe(late);
  expect(withoutTime(early ?? '')).toBe(withoutTime(late ?? ''));
});

test('without a page to open, every tested site is in the comment', () => {
  const text = commentOf(regression, commentContext({ link: undefined }));
  expect(text).toMatch(/All 1.tested site</);
  expect(commentOf(regression, commentContext())).not.toContain('tested site<');
});

test('a run knows whether a comment is of a later one', () => {
  const body = commentOf(regression, commentContext({ run: { run: 70, attempt: 2 } }));
  const later = [
    { run: 69, attempt: 9 },
    { run: 70, attempt: 1 },
    { run: 70, attempt: 2 },
    { run: 71, attempt: 1 },
  ].map((own) => isOfLaterRun(body, own));
  expect(later).toEqual([true, true, false, false]);
  expect(isOfLaterRun(commentOf(regression, commentContext()), { run: 1, attempt: 1 })).toBe(false);
});
