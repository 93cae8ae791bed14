import { expect, test } from 'vitest';
import { isIdleSite } from './idle';
import { siteOfStack } from './site';

const frame = (name: string) => ({ function: name, file: 'x.go', line: 1, startLine: 1 });
const siteOf = (...names: string[]) => siteOfStack(names.map(frame), 'wait', { wrappers: [] }).site;

test.each([
  [
    'a profiling client between two uploads',
    ['runtime.selectgo', 'github.com/grafana/pyroscope-go.(*Session).takeSnapshots', 'main.f'],
  ],
  [
    'the upload queue of a profiling client',
    ['runtime.selectgo', 'github.com/grafana/pyroscope-go/upstream/remote.(*Remote).handleJobs', 'main.f'],
  ],
  ['a worker at the root of its goroutine without work', ['runtime.chanrecv2', 'shop/event.(*Bus).consume']],
  [
    'a connection keeper',
    ['runtime.selectgo', 'net/http.(*persistConn).writeLoop', 'net/http.(*Transport).dialConn.gowrap3'],
  ],
  [
    'a connection that stops its own background read',
    ['sync.(*Cond).Wait', 'net/http.(*connReader).abortPendingRead', 'net/http.(*conn).serve'],
  ],
])('%s is idle', (_, stack) => {
  expect(isIdleSite(siteOf(...stack), [])).toBe(true);
});

test.each([
  ['a lock at the root of a goroutine', ['sync.(*Mutex).Lock', 'shop.worker']],
  ['a send that waits for a slow receiver', ['runtime.chansend1', 'shop/event.(*Bus).Publish']],
  ['a receive below a request', ['runtime.chanrecv1', 'shop.fetch', 'shop.(*Server).ServeHTTP']],
])('%s is not idle', (_, stack) => {
  expect(isIdleSite(siteOf(...stack), [])).toBe(false);
});

test('what the user names is idle', () => {
  expect(isIdleSite(siteOf('runtime.selectgo', 'shop.loop', 'shop.main'), ['shop.loop'])).toBe(true);
});
