import { LockscopeError } from '@/lib/errors';
import { type UnixMs, unixMs } from '@/lib/units';
import type { RawLabel } from './app-name';
import { parseAtTime } from './attime';
import { parseMultipart } from './multipart';
import type { RawProfile } from './raw-profile';
import { isPackedTrace, packedTrace } from './trace-body';

export interface UploadRequest {
  readonly profile: RawProfile;
  readonly filename: string;
  /** Kind of the profile when its file does not tell: block, mutex, …; undefined = look inside. */
  readonly kind: string | undefined;
}

const fileParts = ['file', 'profile'];

/**
 * One `POST /api/v1/upload`: the body is the file, or a form with it. Query: `filename` (or `name`; else the
 * form's own), `service`, `build`, `label=name=value` (repeatable), `kind`, and for files that do not tell their window
 * `from` and `until`, or `window` (seconds, up to `until` or now). Throws `ingest.request`, `ingest.metadata`, `ingest.multipart`, `ingest.empty`,
 * `gotrace.packed` for a trace inside gzip, and `gotrace.header` for the kind `trace`.
 */
export function readUpload(params: URLSearchParams, contentType: string, body: Buffer, now: UnixMs): UploadRequest {
  const file = /^multipart\/form-data\b/i.test(contentType)
    ? formFile(body, contentType)
    : { bytes: body, filename: undefined };
  if (file.bytes.length === 0) throw new LockscopeError('ingest.empty', 'the file is empty');
  if (isPackedTrace(file.bytes) === true) throw packedTrace();
  const labels: RawLabel[] = params.getAll('label').map(parseLabel);
  const service = params.get('service') ?? '';
  const build = params.get('build') ?? '';
  if (service !== '') labels.push(['service_name', service]);
  if (build !== '') labels.push(['build', build]);
  return {
    profile: { bytes: file.bytes, labels, sampleTypeConfig: undefined, ...parseWindow(params, now) },
    filename: params.get('filename') || params.get('name') || file.filename || 'profile.pb.gz',
    kind: parseKind(params.get('kind')),
  };
}

function formFile(body: Buffer, contentType: string): { bytes: Buffer; filename: string | undefined } {
  const parts = parseMultipart(body, contentType);
  const part =
    parts.find(({ name }) => fileParts.includes(name)) ?? parts.find(({ filename }) => filename !== undefined);
  if (part === undefined) throw new LockscopeError('ingest.multipart', 'the form has no part "file"');
  return part;
}

function parseKind(text: string | null): string | undefined {
  // Traces are told by their content, before anything is read as a profile.
  if (text === 'trace') {
    throw new LockscopeError('gotrace.header', 'this is no Go execution trace', { place: 'query kind' });
  }
  if (text === null || /^[a-z_]{1,40}$/.test(text)) return text ?? undefined;
  throw new LockscopeError('ingest.request', `kind "${text.slice(0, 40)}" is no profile name (block, mutex, …)`, {
    place: 'query kind',
  });
}

/** `name=value`. Throws `ingest.request`. */
export function parseLabel(text: string): RawLabel {
  const equals = text.indexOf('=');
  if (equals < 1) {
    throw new LockscopeError('ingest.request', `label "${text.slice(0, 60)}" is not name=value`, {
      place: 'query label',
    });
  }
  return [text.slice(0, equals), text.slice(equals + 1)];
}

function parseWindow(params: URLSearchParams, now: UnixMs): Pick<RawProfile, 'from' | 'until'> {
  const from = params.has('from') ? parseAtTime(params.get('from'), 'from', now) : undefined;
  const until = params.has('until') ? parseAtTime(params.get('until'), 'until', now) : undefined;
  const text = params.get('window');
  if (text === null) return { from, until };
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 31_536_000)) {
    throw new LockscopeError('ingest.request', `window "${text.slice(0, 40)}" is no number of seconds`, {
      place: 'query window',
    });
  }
  const end = until ?? now;
  return { from: from ?? unixMs(end - Math.round(seconds * 1_000)), until: end };
}
