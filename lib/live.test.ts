import { expect, test } from 'vitest';
import { createLiveHub } from './live';
import { unixMs } from './units';

test('an old window changes the data of its service, though it is not the newest', () => {
  const live = createLiveHub();
  live.notify('orders', unixMs(9_000));
  live.notify('orders', unixMs(1_000));
  expect(live.newest()).toEqual([{ service: 'orders', newest: 9_000 }]);
  expect([live.changes('orders'), live.changes('never-seen')]).toEqual([2, 0]);
});
