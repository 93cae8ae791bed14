import type { Page } from '@playwright/test';
import { shiftTrace } from '../../scripts/demo/shift-trace';
import { traceOfScene } from '../support/trace-scene';
import { withoutGenerations } from '../support/trace-variants';
import { laneOf, recording, sendTrace } from './capture';
import { axeFindings, expect, open, test } from './test';

const sleeps = `
  go1.26
  generation 1
  thread 0 at=1000
    ProcStatus p=0 pstatus=running
    GoStatus g=1 gstatus=running
    GoBlock at=5000 reason_string="sleep" stack="time.Sleep:338 < main.main:9"
    GoUnblock at=900000 g=1 g_seq=1 stack="runtime.goroutineReady:9"
    GoStart at=901000 g=1 g_seq=2`;

/** Every state has the way back and a heading of its own. */
async function expectHead(page: Page): Promise<void> {
  await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toHaveCount(1);
  await expect(page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link').first()).toBeVisible();
}

test('an address that cannot be read says which part of it', async ({ page, request }) => {
  const path = await sendTrace(request, { bytes: recording('gens-go1.26'), name: 'gens.trace' });
  for (const [query, says] of [
    ['t0=9&t1=3', 't1: "3" cannot be read'],
    ['lock=nothing', 'the trace has no lock nothing'],
    ['wait=99999', 'the trace has no wait 99999'],
  ]) {
    await open(page, `${path}?${query}`);
    await expect(page.getByRole('alert').filter({ hasText: says ?? '' })).toBeVisible();
    await expectHead(page);
  }
  await page.getByRole('link', { name: 'Show the capture without it' }).click();
  await expect(laneOf(page, 'who holds')).toBeVisible();
});

test('waits that the trace cut off are lower bounds, and nothing is made up of them', async ({ page, request }) => {
  await open(page, await sendTrace(request, { bytes: recording('gens-go1.26'), name: 'gens.trace' }));
  await expect(page.locator('.facts')).toContainText(/n = 0, \d+ cut off/);
  await expect(page.locator('.facts')).toContainText(/max ≥\s[\d.]+\ss/);
  await expect(page.getByRole('complementary', { name: 'Chosen wait' })).toContainText(/waits ≥\s[\d.]+\ss/);
});

test('a trace in which nobody waits for a lock says so and shows its states', async ({ page, request }) => {
  await open(page, await sendTrace(request, { bytes: Buffer.from(traceOfScene(sleeps)), name: 'sleeps.trace' }));
  await expect(page.getByRole('heading', { level: 1 })).toContainText('No goroutine waited for a lock');
  await expect(laneOf(page, 'by state').getByRole('img')).toHaveAccessibleName(/asleep/);
  await expect(laneOf(page, 'who holds')).toHaveCount(0);
  await expect(page.getByText('No goroutine waited for a lock.', { exact: true })).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
});

test('a recording of which a part is gone shows the rest and says what is lost', async ({ page, request }) => {
  const whole = recording('truth-go1.26');
  const path = await sendTrace(request, {
    bytes: whole.subarray(0, Math.floor(whole.length * 0.8)),
    name: 'cut.trace',
  });
  await open(page, path);
  await expect(page.getByRole('heading', { name: 'Part of this recording could not be read' })).toBeVisible();
  await expect(page.locator('.foot')).toContainText(/lost: [\d.]+\sKiB that could not be read/);
  await expect(laneOf(page, 'who holds')).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
});

test('a recording that cannot be analysed says why and what to do', async ({ page, request }) => {
  const bytes = Buffer.concat([recording('truth-go1.26').subarray(0, 16), Buffer.alloc(4_000, 0xee)]);
  await open(page, await sendTrace(request, { bytes, name: 'broken.trace', ends: 'failed' }));
  const alert = page.getByRole('alert').filter({ hasText: 'could not be analysed' });
  await expect(alert).toContainText('Record it again');
  await expect(alert.getByRole('button', { name: 'Try again' })).toBeVisible();
  await expectHead(page);
  expect(await axeFindings(page)).toEqual([]);
});

test('an analysis shows how far it is, can be stopped, and begins again', async ({ page, request }, info) => {
  // Another clock makes another file, which was not analysed in an earlier run.
  const hour = 3_600 * (2 * info.retry + (info.project.name === 'phone' ? 1 : 0));
  const unseen = (name: string, dropped: number) =>
    Buffer.from(shiftTrace(withoutGenerations(recording(name), dropped), hour));
  // Before it in the queue, so that there is something to stop.
  for (const name of ['truth-go1.26', 'eight-locks-go1.26', 'recorder-go1.26', 'locks-go1.26']) {
    await request.post(`/api/v1/upload?name=${name}.trace`, {
      data: unseen(name, 1),
    });
  }
  const answer = await request.post('/api/v1/upload?name=last.trace', { data: unseen('truth-go1.26', 2) });
  await page.goto((await answer.json()).url);
  await expect(page.getByRole('heading', { name: 'last.trace is being analysed' })).toBeVisible();
  await expectHead(page);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('heading', { name: 'The analysis was stopped' })).toBeVisible();
  await page.getByRole('button', { name: 'Analyse again' }).click();
  await expect(page.getByRole('progressbar')).toBeVisible();
  // It opens by itself.
  await expect(laneOf(page, 'by state')).toBeVisible({ timeout: 40_000 });
});
