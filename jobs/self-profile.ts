import { hostname } from 'node:os';
import type { Job } from '@/jobs/job';
import { errorMessage } from '@/lib/errors';

/** As often as Go services send: a stall of the server itself stands out of its bucket. */
const flushIntervalMs = 10_000;

/** Sends this process's own wall and heap profiles to its own ingest route, as any client would. */
export function selfProfileJob(address: string, ingestToken: string | undefined): Job {
  let stopProfiling: (() => Promise<void>) | undefined;
  const begin = async () => {
    const { default: pyroscope } = await import('@pyroscope/nodejs');
    pyroscope.init({
      serverAddress: address,
      appName: 'lockscope',
      tags: { pod: hostname() },
      flushIntervalMs,
      authToken: ingestToken,
    });
    pyroscope.start();
    stopProfiling = () => pyroscope.stop();
  };
  return {
    name: 'self-profile',
    start() {
      begin().catch((error: unknown) => console.error(`profiling this server failed: ${errorMessage(error)}`));
    },
    async stop() {
      await stopProfiling?.();
    },
  };
}
