import { afterEach, expect, test } from 'vitest';
import { profileTypeId } from '@/lib/profile/profile-type';
import { type IngestServer, startIngestServer } from '@/tests/support/ingest-server';
import { recordedRequest } from '@/tests/support/recorded-request';

let server: IngestServer | undefined;
afterEach(async () => server?.close());

async function send(to: IngestServer, name: string) {
  const { url, headers, body } = recordedRequest(name);
  const { 'content-type': type = '' } = headers;
  return to.post(url.pathname + url.search, body, { 'content-type': type });
}

test('every recorded request of pyroscope-go and @pyroscope/nodejs is answered with an empty 200', async () => {
  server = await startIngestServer();
  const names = ['go-block', 'go-mutex', 'go-cpu', 'go-goroutine', 'go-heap', 'node-wall', 'node-heap'];
  for (const name of names) expect(await send(server, name), name).toMatchObject({ status: 200, text: '' });
  const windows = await server.windows();
  const types = windows.map(
    ({ series, kind, wallMs, stacks }) => `${profileTypeId(series.type)} ${kind} ${wallMs} ms ${stacks.length}`,
  );
  expect(types.sort()).toEqual([
    'block:delay:nanoseconds:contentions:count delta 10000 ms 16',
    'goroutine:goroutine:count:goroutine:count instant 10000 ms 12',
    'memory:alloc_space:bytes:space:bytes delta 10000 ms 5',
    'memory:inuse_space:bytes:space:bytes instant 10000 ms 3',
    'memory:inuse_space:bytes:space:bytes instant 4000 ms 6',
    'mutex:delay:nanoseconds:contentions:count delta 10000 ms 5',
    'process_cpu:cpu:nanoseconds:cpu:nanoseconds delta 20003 ms 28',
    'wall:cpu:nanoseconds:wall:nanoseconds delta 4024 ms 12',
    'wall:wall:nanoseconds:wall:nanoseconds delta 4024 ms 11',
  ]);
});
