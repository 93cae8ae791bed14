import { z } from 'zod';
import { LockscopeError } from '@/lib/errors';
import type { RawLabel } from './app-name';
import { type LengthDelimited, readLengthDelimited } from './protobuf';
import type { RawProfile } from './raw-profile';

/** The text of a `bytes` field: base64 in either alphabet, padded or not. Source: protobuf.dev, ProtoJSON format. */
const base64Text = z.string().regex(/^[A-Za-z0-9+/_-]*={0,2}$/, 'Invalid base64-encoded string');
// A field may go by the name in the .proto file as well, and be absent or null for its zero value.
const sampleJson = z
  .object({ rawProfile: base64Text.nullish(), raw_profile: base64Text.nullish() })
  .transform(({ rawProfile, raw_profile }) => Buffer.from(rawProfile ?? raw_profile ?? '', 'base64'));

const pushJson = z.object({
  series: z
    .array(
      z.object({
        labels: z.array(z.object({ name: z.string(), value: z.string().default('') })).default([]),
        samples: z.array(sampleJson).default([]),
      }),
    )
    .default([]),
});

/**
 * The profiles of a `push.v1.PushRequest`, in order, with their series' labels.
 * `PushRequest{series=1{labels=1{name=1,value=2}, samples=2{raw_profile=1,ID=2}, annotations=3}}`; unknown fields are
 * skipped. Throws `ingest.request` with the place when the message is malformed.
 * Source: Pyroscope, api/push/v1/push.proto.
 */
export function readPushProto(body: Buffer): RawProfile[] {
  return readLengthDelimited(body, 'PushRequest')
    .filter(({ field }) => field === 1)
    .flatMap(({ bytes }, index) => readSeries(bytes, `series ${index}`));
}

function readSeries(bytes: Buffer, place: string): RawProfile[] {
  const fields = readLengthDelimited(bytes, place);
  const labels = fields.filter(({ field }) => field === 1).map(({ bytes: pair }) => readLabel(pair, place));
  return fields
    .filter(({ field }) => field === 2)
    .map(({ bytes: sample }, index) => {
      const raw = lastOf(readLengthDelimited(sample, `${place} sample ${index}`), 1);
      return rawProfile(raw ?? Buffer.alloc(0), labels);
    });
}

function readLabel(bytes: Buffer, place: string): RawLabel {
  const fields = readLengthDelimited(bytes, `${place} label`);
  return [lastOf(fields, 1)?.toString('utf8') ?? '', lastOf(fields, 2)?.toString('utf8') ?? ''];
}

// protobuf: of a repeated scalar field the last value counts.
function lastOf(fields: readonly LengthDelimited[], field: number): Buffer | undefined {
  return fields.findLast((one) => one.field === field)?.bytes;
}

/** The same from the JSON form, `rawProfile` in base64. Throws `ingest.request` naming the field. */
export function readPushJson(body: Buffer): RawProfile[] {
  const parsed = pushJson.safeParse(parseJson(body));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new LockscopeError('ingest.request', `PushRequest: ${issue?.message ?? 'not understood'}`, {
      place: issue?.path.join('.') ?? '',
    });
  }
  return parsed.data.series.flatMap(({ labels, samples }) => {
    const pairs = labels.map(({ name, value }): RawLabel => [name, value]);
    return samples.map((bytes) => rawProfile(bytes, pairs));
  });
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new LockscopeError('ingest.request', 'the body is no JSON', { cause });
  }
}

function rawProfile(bytes: Buffer, labels: readonly RawLabel[]): RawProfile {
  return { bytes, labels, sampleTypeConfig: undefined, from: undefined, until: undefined };
}

/**
 * Connect's error code for one of ours with its status.
 * Source: connectrpc.com/docs/protocol, error codes; a compression that is not understood is `unimplemented` there.
 */
export function connectCode(code: string, status: number): string {
  if (code === 'ingest.encoding' || code === 'ingest.call') return 'unimplemented';
  const codes: Readonly<Record<number, string>> = {
    401: 'unauthenticated',
    403: 'permission_denied',
    404: 'not_found',
    408: 'deadline_exceeded',
    429: 'resource_exhausted',
    500: 'internal',
    503: 'unavailable',
    507: 'unavailable',
  };
  return codes[status] ?? 'invalid_argument';
}

/** HTTP status of a Connect error code. Source: the same table; a wrong method or Content-Type keeps HTTP's own. */
export function connectStatus(word: string, status: number): number {
  if (status === 405 || (status === 415 && word === 'invalid_argument')) return status;
  const statuses: Readonly<Record<string, number>> = {
    unauthenticated: 401,
    permission_denied: 403,
    not_found: 404,
    resource_exhausted: 429,
    unimplemented: 501,
    unavailable: 503,
    deadline_exceeded: 504,
    internal: 500,
  };
  return statuses[word] ?? 400;
}
