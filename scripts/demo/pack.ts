import { createHash } from 'node:crypto';
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { Part } from './multipart';

/**
 * One upload of a recorded client. `profile` parts are kept inflated: gzip inside would hide from the outer
 * compression that neighbouring windows of a process are almost the same.
 */
export interface RecordedRequest {
  /** Milliseconds since the recording began. */
  readonly arrival: number;
  /** As sent, without `?`. */
  readonly query: string;
  /** Headers of the client that a server may read; no host, length or boundary. */
  readonly headers: Readonly<Record<string, string>>;
  readonly parts: readonly Part[];
}

export interface Recording {
  readonly start: Date;
  readonly requests: readonly RecordedRequest[];
}

const PackHeader = z.object({
  schema: z.literal('lockscope/pack/v1'),
  start: z.iso.datetime(),
  bodies: z.array(z.number().int().nonnegative()),
  requests: z.array(
    z.object({
      arrival: z.number(),
      query: z.string(),
      headers: z.record(z.string(), z.string()),
      parts: z.array(
        z.object({ name: z.string(), filename: z.string(), contentType: z.string(), body: z.number().int() }),
      ),
    }),
  ),
});

const PREFIX_BYTES = 4;
const WINDOW_BITS = 26; // 64 MB: the same profile of the window before is in reach

/**
 * Writes one solid pack: brotli(length of the header as uint32 LE, header as JSON, bodies one after the other).
 * Equal bodies are stored once. `quality` is brotli's, 0 to 11.
 */
export function writePack(recording: Recording, quality = constants.BROTLI_MAX_QUALITY): Buffer {
  const bodies: Buffer[] = [];
  const indexOfHash = new Map<string, number>();
  const indexOfBody = new Map<Part, number>();
  for (const part of inOrderOfLikeness(recording.requests)) {
    const hash = createHash('sha256').update(part.body).digest('hex');
    const index = indexOfHash.get(hash) ?? bodies.push(part.body) - 1;
    indexOfHash.set(hash, index);
    indexOfBody.set(part, index);
  }
  const header: z.infer<typeof PackHeader> = {
    schema: 'lockscope/pack/v1',
    start: recording.start.toISOString(),
    bodies: bodies.map((body) => body.length),
    requests: recording.requests.map((request) => ({
      ...request,
      parts: request.parts.map((part) => ({ ...part, body: indexOfBody.get(part) ?? -1 })),
    })),
  };
  const headerText = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32LE(headerText.length);
  const content = Buffer.concat([prefix, headerText, ...bodies]);
  return brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_LARGE_WINDOW]: 1,
      [constants.BROTLI_PARAM_LGWIN]: WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
}

/** Reads what writePack wrote. Throws on another version, and when bodies are missing or left over. */
export function readPack(pack: Buffer): Recording {
  const content = brotliDecompressSync(pack, { params: { [constants.BROTLI_DECODER_PARAM_LARGE_WINDOW]: 1 } });
  const headerEnd = PREFIX_BYTES + content.readUInt32LE(0);
  const header = PackHeader.parse(JSON.parse(content.toString('utf8', PREFIX_BYTES, headerEnd)));
  const bodies: Buffer[] = [];
  let at = headerEnd;
  for (const length of header.bodies) {
    bodies.push(content.subarray(at, at + length));
    at += length;
  }
  if (at !== content.length)
    throw new Error(`pack holds ${content.length - headerEnd} bytes of bodies, its header says ${at - headerEnd}`);
  const bodyAt = (index: number): Buffer => {
    const body = bodies[index];
    if (body === undefined) throw new Error(`pack has no body ${index}`);
    return body;
  };
  return {
    start: new Date(header.start),
    requests: header.requests.map((request) => ({
      ...request,
      parts: request.parts.map((part) => ({ ...part, body: bodyAt(part.body) })),
    })),
  };
}

/** The body without its gzip layer, if it has one. */
export function inflate(body: Buffer): Buffer {
  return body[0] === 0x1f && body[1] === 0x8b ? gunzipSync(body) : body;
}

/** What tells the uploads of one series from others: all that is sent but times and profile. Kind first, then process. */
export function seriesKey(request: RecordedRequest): string {
  const query = new URLSearchParams(request.query);
  query.delete('from');
  query.delete('until');
  const config = request.parts.find((part) => part.name !== 'profile')?.body.toString('latin1') ?? '';
  return `${query.get('units')} ${config} ${query}`;
}

/** Parts by series, then time, so that the most alike are neighbours. */
function inOrderOfLikeness(requests: readonly RecordedRequest[]): Part[] {
  const keyed = requests.map((request) => ({ key: seriesKey(request), request }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.request.arrival - b.request.arrival));
  return keyed.flatMap(({ request }) => request.parts);
}
