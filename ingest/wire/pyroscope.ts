import { LockscopeError } from '@/lib/errors';
import { parseSampleTypeConfig, type SampleTypeConfig } from '@/lib/pprof/sample-type-config';
import type { UnixMs } from '@/lib/units';
import { parseAppName, type RawLabel } from './app-name';
import { parseAtTime } from './attime';
import { parseMultipart } from './multipart';
import type { RawProfile } from './raw-profile';

/** Formats of `/ingest` that carry no pprof, so no call stacks with files, lines and two values a sample. */
const otherFormats = ['trie', 'tree', 'lines', 'jfr', 'speedscope', 'groups'];

/**
 * The profile of one `POST /ingest`. `params` are the query's. Sent by pyroscope-go (multipart, times in ns),
 * @pyroscope/nodejs (0.6.4: raw with `format=pprof`; 0.6.1: multipart; times in seconds) and Alloy, which forwards
 * either. Throws `ingest.metadata`, `ingest.multipart`, `ingest.format` (a format without pprof),
 * `ingest.client-version` (`prev_profile`), `ingest.empty`.
 * Rules: Pyroscope, pkg/ingester/pyroscope/ingest_handler.go and pkg/og/convert/pprof.
 */
export function readIngest(params: URLSearchParams, contentType: string, body: Buffer, now: UnixMs): RawProfile {
  const { bytes, sampleTypeConfig } = pprofParts(params.get('format') ?? '', contentType, body);
  return {
    bytes,
    labels: labelsOfName(params.get('name') ?? ''),
    sampleTypeConfig,
    from: params.has('from') ? parseAtTime(params.get('from'), 'from', now) : undefined,
    until: params.has('until') ? parseAtTime(params.get('until'), 'until', now) : undefined,
  };
}

// A process sends one name for as long as it lives; the same array back lets the reader know its labels again.
const labelsByName = new Map<string, readonly RawLabel[]>();
const mostNames = 10_000;
const longestName = 1_000;

function labelsOfName(text: string): readonly RawLabel[] {
  const known = labelsByName.get(text);
  if (known !== undefined) return known;
  const { service, labels } = parseAppName(text);
  const named = labels.some(([name]) => name === 'service_name');
  const all: readonly RawLabel[] = named ? labels : [['service_name', service], ...labels];
  if (labelsByName.size === mostNames) labelsByName.clear();
  if (text.length <= longestName) labelsByName.set(text, all);
  return all;
}

function pprofParts(format: string, contentType: string, body: Buffer): Pick<RawProfile, 'bytes' | 'sampleTypeConfig'> {
  if (body.length === 0) throw new LockscopeError('ingest.empty', 'the body is empty');
  const named = format === '' ? formatOf(contentType, body) : format;
  if (named !== 'pprof') {
    const known = otherFormats.includes(named) ? 'carries no pprof' : 'is unknown';
    throw new LockscopeError('ingest.format', `format ${named.slice(0, 40)} ${known}; send pprof`, {
      place: 'query format',
    });
  }
  return isMultipart(contentType) ? formParts(body, contentType) : { bytes: body, sampleTypeConfig: undefined };
}

function formatOf(contentType: string, body: Buffer): string {
  if (isMultipart(contentType)) return 'pprof';
  if (contentType.startsWith('binary/octet-stream+trie')) return 'trie';
  if (contentType.startsWith('binary/octet-stream+tree')) return 'tree';
  return body[0] === 0x1f && body[1] === 0x8b ? 'pprof' : 'groups';
}

function isMultipart(contentType: string): boolean {
  return /^multipart\/form-data\b/i.test(contentType);
}

function formParts(body: Buffer, contentType: string): Pick<RawProfile, 'bytes' | 'sampleTypeConfig'> {
  const parts = new Map(parseMultipart(body, contentType).map((part) => [part.name, part.bytes]));
  if (parts.has('prev_profile')) {
    throw new LockscopeError(
      'ingest.client-version',
      'unsupported client version: it sends cumulative profiles with their predecessor (prev_profile); use pyroscope-go 1.0 or newer',
      { place: 'part prev_profile' },
    );
  }
  const bytes = parts.get('profile');
  if (bytes === undefined) throw new LockscopeError('ingest.multipart', 'the form has no part "profile"');
  const config = parts.get('sample_type_config');
  return { bytes, sampleTypeConfig: config === undefined ? undefined : differencesOnly(config.toString('utf8')) };
}

// Clients of one version send the same few texts for ever.
const configsByText = new Map<string, SampleTypeConfig>();
const mostConfigs = 100;
const longestConfig = 4_000;

function differencesOnly(text: string): SampleTypeConfig {
  const known = configsByText.get(text);
  if (known !== undefined) return known;
  const config = parseSampleTypeConfig(text);
  const cumulative = Object.keys(config).find((type) => config[type]?.cumulative === true);
  if (cumulative !== undefined) {
    throw new LockscopeError(
      'ingest.client-version',
      `unsupported client version: ${cumulative} is cumulative since process start; use a client that sends differences`,
      { place: 'part sample_type_config' },
    );
  }
  if (configsByText.size === mostConfigs) configsByText.clear();
  if (text.length <= longestConfig) configsByText.set(text, config);
  return config;
}
