import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { describeCulprit, findCulprit } from './culprit';

const waiter = {
  site: { function: 'example.com/shop/stock.(*Shelf).Take', file: 'example.com/shop/stock/shelf.go', line: 12 },
};
const holder = {
  site: { function: 'example.com/shop/stock.(*Shelf).Count', file: 'example.com/shop/stock/shelf.go', line: 30 },
};
const lock = {
  id: 'a1',
  waiting: { max: 31.72, maxAt: '2026-11-24T21:45:40.000Z', bucketSeconds: 9.998 },
  waiters: [waiter],
  holders: [holder],
};

let close: (() => void) | undefined;
afterEach(() => close?.());

test('says who waits, who holds, how many, when and where', () => {
  expect(describeCulprit({ lock, pod: 'shop-3' })).toBe(
    'Culprit: stock.(*Shelf).Take (shelf.go:12) waits for the lock that stock.(*Shelf).Count (shelf.go:30) holds; ' +
      'at worst 31.7 goroutines were waiting on average over one window of 10 s in pod shop-3 at 21:45:40 UTC.',
  );
});

test('claims nothing that the answer does not have', () => {
  const bare = { id: 'a1', waiting: { max: null, maxAt: null, bucketSeconds: null }, waiters: [waiter], holders: [] };
  expect(describeCulprit({ lock: bare, pod: undefined })).toBe(
    'Culprit: stock.(*Shelf).Take (shelf.go:12) waits for a lock whose holder is not known.',
  );
});

test('finds the pod by asking for each pod alone', async () => {
  const ofPod = new Map([
    [null, [lock]],
    ['shop-1', [{ ...lock, waiting: { ...lock.waiting, max: 0.2 } }]],
    ['shop-2', [lock]],
    ['shop-3', []],
  ]);
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://server');
    expect(pathname).toBe('/api/v1/services/shop/locks');
    expect([searchParams.get('from'), searchParams.get('to')]).toEqual(['now-20m', 'now']);
    response.end(JSON.stringify({ schema: 'lockscope/top/v1', locks: ofPod.get(searchParams.get('pod')) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () => server.close();
  const { port } = server.address() as AddressInfo; // a TCP server that listens has an AddressInfo
  const query = { url: `http://127.0.0.1:${port}`, token: undefined, service: 'shop', from: 'now-20m' };
  expect(await findCulprit({ ...query, pods: ['shop-1', 'shop-2', 'shop-3'] })).toEqual({ lock, pod: 'shop-2' });
});
