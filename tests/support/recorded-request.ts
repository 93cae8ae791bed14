import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const folder = fileURLToPath(new URL('../fixtures/wire/', import.meta.url));
const recording = z.object({ method: z.string(), url: z.string(), headers: z.record(z.string(), z.string()) });

export interface RecordedRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A request of a real client from tests/fixtures/wire, as it came. */
export function recordedRequest(name: string): RecordedRequest {
  const { method, url, headers } = recording.parse(JSON.parse(readFileSync(`${folder}${name}.json`, 'utf8')));
  return { method, url: new URL(url, 'http://localhost'), headers, body: readFileSync(`${folder}${name}.body`) };
}

/** When the recorded windows ended: `now` for tests that send them. */
export const recordedAtMs = 1_795_556_930_000;
