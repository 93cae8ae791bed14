import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { readTrace } from '../../lib/gotrace/read-trace';
import { bufferSource } from '../../lib/gotrace/source';
import { shiftTrace } from './shift-trace';

export const RECORDED_TRACE = fileURLToPath(new URL('../../examples/recorded/order-service.trace.br', import.meta.url));

/**
 * Uploads the recorded execution trace as if it had ended at `endMs` (Unix milliseconds): same bytes but for the wall
 * clock. Returns the path of its page. Throws on any answer but 200 and 201.
 */
export async function replayTrace({
  url,
  token,
  endMs,
}: {
  readonly url: string;
  readonly token?: string | undefined;
  readonly endMs: number;
}): Promise<string> {
  const recorded = brotliDecompressSync(await readFile(RECORDED_TRACE));
  const { clock, durationNs } = readTrace(bufferSource(recorded));
  const recordedEndMs = (clock.startUnixMs ?? 0) + durationNs / 1e6;
  const trace = shiftTrace(recorded, Math.round((endMs - recordedEndMs) / 1_000));
  const query = new URLSearchParams({
    filename: 'order-0.trace',
    service: 'order-service',
    build: '1.42.0',
    label: 'pod=order-0',
  });
  const headers: Record<string, string> = { 'content-type': 'application/octet-stream' };
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  const response = await fetch(`${url}/api/v1/upload?${query}`, { method: 'POST', headers, body: Buffer.from(trace) });
  const text = await response.text();
  if (response.status !== 200 && response.status !== 201)
    throw new Error(`the trace was answered ${response.status}: ${text.slice(0, 300)}`);
  const { url: path } = JSON.parse(text) as { url: string };
  return path;
}
