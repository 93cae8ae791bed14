import { parentPort, workerData } from 'node:worker_threads';
import { errorCode, errorMessage, LockscopeError } from '@/lib/errors';
import type { IngestConfig } from './config';
import type { DecodeAnswer, DecodeRequest } from './decode-message';
import { createProfileReader, type ReadProfile } from './profile-reader';

if (parentPort === null) throw new LockscopeError('internal.worker', 'this file is started as a worker thread');
const port = parentPort;
// decode-pool.ts starts this file with exactly that part of the configuration.
const reader = createProfileReader(workerData as IngestConfig);

port.on('message', (request: DecodeRequest) => {
  if ('forget' in request) reader.forgetDefinitions();
  else if (request.does === 'inspect')
    attempt(request.id, () => post({ id: request.id, inspection: reader.inspect(request.job) }, []));
  else attempt(request.id, () => postProfile(request.id, reader.read(request.job)));
});

function attempt(id: number, work: () => void): void {
  try {
    work();
  } catch (error) {
    const place = error instanceof LockscopeError ? error.place : undefined;
    post({ id, code: errorCode(error) ?? 'ingest.worker', message: errorMessage(error), place }, []);
  }
}

function postProfile(id: number, profile: ReadProfile): void {
  post({ id, profile }, buffersOf(profile));
}

function post(message: DecodeAnswer, transfer: ArrayBuffer[]): void {
  port.postMessage(message, transfer);
}

/** Columns change hands without a copy: the reader keeps none of them. */
function buffersOf({ windows }: ReadProfile): ArrayBuffer[] {
  return windows.flatMap(({ stacks, counts, values }) =>
    [stacks.buffer, counts.buffer, values.buffer].filter((buffer) => buffer instanceof ArrayBuffer),
  );
}
