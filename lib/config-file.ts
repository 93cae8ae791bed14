import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { configFileSchema, type scrapedProfiles } from '@/lib/config-schema';
import { LockscopeError } from '@/lib/errors';
import type { RetentionPolicy } from '@/lib/store/port';

type Parsed = z.output<typeof configFileSchema>;

/** Limits of the write path: bytes, milliseconds, counts. */
export interface IngestLimits {
  readonly bodyBytes: number;
  readonly inflatedBytes: number;
  readonly traceBytes: number;
  readonly textBytes: number;
  readonly bodyTimeoutMs: number;
  readonly inFlightBytes: number;
  readonly bytesPerSecond: number;
  readonly samples: number;
  readonly depth: number;
  readonly labels: number;
  readonly labelNameLength: number;
  readonly labelValueLength: number;
  /** How far back a window may start: as long as raw data is kept. */
  readonly behindMs: number;
  readonly aheadMs: number;
}

export interface SamplingHint {
  readonly blockRateNs: number | undefined;
  readonly mutexFraction: number | undefined;
  readonly go: string | undefined;
}

/** Execution traces: bytes and milliseconds. */
export interface TraceSettings {
  readonly memoryBytes: number;
  readonly pauseMs: number;
  readonly armedMs: number;
}

/** A scrape target as configured. */
export interface TargetConfig {
  readonly service: string;
  readonly url: string;
  readonly everyMs: number;
  readonly build: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly profiles: readonly (typeof scrapedProfiles)[number][];
}

export interface FileConfig {
  readonly targets: readonly TargetConfig[];
  readonly limits: IngestLimits;
  readonly retention: RetentionPolicy;
  /** How long an uploaded file is kept. */
  readonly uploadAgeMs: number;
  /** How long an execution trace is kept. */
  readonly traceAgeMs: number;
  readonly traces: TraceSettings;
  readonly podLabels: readonly string[];
  readonly buildLabels: readonly string[];
  readonly wrappers: readonly string[];
  readonly idle: readonly string[];
  readonly sampling: Readonly<Record<string, SamplingHint>>;
}

/** Reads the text of `lockscope.config.yml`; the empty text gives the defaults. Throws `config.file` with the path of the key. */
export function parseConfigFile(text: string, fileName: string): FileConfig {
  const document = parseDocument(text);
  const [syntax] = document.errors;
  if (syntax !== undefined) throw fileError(fileName, `line ${syntax.linePos?.[0].line ?? '?'}`, syntax.message);
  const result = configFileSchema.safeParse(document.toJS() ?? {});
  if (!result.success) {
    const [issue] = result.error.issues;
    const keys = issue?.code === 'unrecognized_keys' ? issue.keys : [];
    const place = [...(issue?.path ?? []), ...keys.slice(0, 1)].join('.');
    throw fileError(fileName, place, keys.length > 0 ? 'no such setting' : (issue?.message ?? 'invalid'));
  }
  const value = result.data;
  return {
    targets: value.targets.map(({ every, build, ...target }) => ({ ...target, build, everyMs: every })),
    limits: limitsOf(value),
    retention: retentionOf(value),
    uploadAgeMs: value.retention.uploads,
    traceAgeMs: value.retention.traces ?? value.retention.uploads,
    traces: { memoryBytes: value.traces.memory, pauseMs: value.traces.pause, armedMs: value.traces.armed },
    podLabels: value.pod_labels,
    buildLabels: value.build_labels,
    wrappers: value.wrappers,
    idle: value.idle,
    sampling: Object.fromEntries(
      Object.entries(value.sampling).map(([service, hint]) => [
        service,
        { blockRateNs: hint.block_rate, mutexFraction: hint.mutex_fraction, go: hint.go },
      ]),
    ),
  };
}

function limitsOf({ limits, retention }: Parsed): IngestLimits {
  return {
    bodyBytes: limits.pprof,
    inflatedBytes: limits.inflated,
    traceBytes: limits.trace,
    textBytes: limits.text,
    bodyTimeoutMs: limits.body_timeout,
    inFlightBytes: limits.in_flight,
    bytesPerSecond: limits.rate,
    samples: limits.samples,
    depth: limits.depth,
    labels: limits.labels,
    labelNameLength: limits.label_name,
    labelValueLength: limits.label_value,
    behindMs: retention.raw,
    aheadMs: limits.ahead,
  };
}

function retentionOf({ retention }: Parsed): RetentionPolicy {
  return {
    rawMs: retention.raw,
    site1mMs: retention.site1m,
    stack1hMs: retention.stack1h,
    site1hMs: retention.site1h,
    ...(retention.max_size === undefined ? {} : { maxBytes: retention.max_size }),
  };
}

function fileError(fileName: string, place: string, message: string): LockscopeError {
  return new LockscopeError('config.file', `${fileName}: ${place}: ${message}`, { place });
}
