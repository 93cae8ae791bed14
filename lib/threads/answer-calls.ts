import { parentPort } from 'node:worker_threads';
import { errorCode, errorMessage } from '@/lib/errors';
import type { CallRequest, CallResponse } from './call-message';

/** Answers a pool's calls from inside its thread; what `run` throws travels with its code and its place. */
export function answerCalls(run: (method: string, args: readonly unknown[]) => unknown): void {
  parentPort?.on('message', async ({ id, method, args }: CallRequest) => {
    try {
      send({ id, result: await run(method, args) });
    } catch (error) {
      send({ id, error: { code: errorCode(error), message: errorMessage(error), place: placeOf(error) } });
    }
  });
}

function send(response: CallResponse): void {
  parentPort?.postMessage(response);
}

function placeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'place' in error && typeof error.place === 'string'
    ? error.place
    : undefined;
}
