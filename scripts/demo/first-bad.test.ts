import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { findFirstBad } from './first-bad';

let close: (() => void) | undefined;
afterEach(() => close?.());

const cell = (avg: number, max: number) => [{ lock: 'a1', avg, max }];
const document = (firstBad: object | null) => ({
  schema: 'lockscope/builds/v1',
  builds: [
    { build: '1.0', locks: cell(0.004, 0.12) },
    { build: '1.1', locks: cell(2.7, 36) },
  ],
  locks: [{ id: 'a1', name: 'stock.(*Shelf)', holder: 'example.com/shop/stock.(*Shelf).Count' }],
  firstBad,
});

async function ask(answer: object) {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://server');
    expect([pathname, searchParams.get('from')]).toEqual(['/api/v1/services/shop/builds', 'now-1h']);
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () => server.close();
  const { port } = server.address() as AddressInfo; // a TCP server that listens has an AddressInfo
  return findFirstBad({ url: `http://127.0.0.1:${port}`, token: undefined, service: 'shop', from: 'now-1h' });
}

test('names the build, how sure that is, and what the lock waited before and since', async () => {
  const firstBad = { build: '1.1', previous: '1.0', confidence: 1, lock: 'a1' };
  expect(await ask(document(firstBad))).toEqual({
    sentence:
      'First bad build: 1.1 (confidence >99\u00a0%): at stock.(*Shelf), held by Count, <0.01 goroutines waited on average in 1.0, ' +
      '2.7 since; busiest bucket 0.12, 36.0 since.',
    path: '/services/shop/compare?from=now-1h&to=now&base=build%3A1.0&head=build%3A1.1',
  });
});

test('says nothing when no build made a lock worse', async () => {
  expect(await ask(document(null))).toBeUndefined();
});
