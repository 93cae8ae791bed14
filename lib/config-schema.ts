import { z } from 'zod';
import { parseBytes, parseDuration } from '@/lib/config-quantity';
import { addressFault } from '@/lib/scrape-address';

const MiB = 1024 * 1024;
const duration = (min: string, max: string, fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform(quantity(parseDuration, parseDuration(min), parseDuration(max), min, max));
const bytes = (min: string, max: string, fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform(quantity(parseBytes, parseBytes(min), parseBytes(max), min, max));
const count = (min: number, max: number, fallback: number) => z.number().int().min(min).max(max).default(fallback);
const name = z.string().trim().min(1);
const labels = z.record(name, z.string());

/** Profiles a target is asked for: the last part of `/debug/pprof/<name>`; `cpu` is `/debug/pprof/profile`. */
export const scrapedProfiles = ['block', 'mutex', 'cpu', 'goroutine', 'heap', 'goroutineleak'] as const;

const target = z.strictObject({
  service: name,
  /** Root of the service or its `/debug/pprof` folder. */
  url: z
    .string()
    .regex(/^https?:\/\//, 'must start with http:// or https://')
    .refine((text) => URL.canParse(text), { error: 'is no address', abort: true })
    .superRefine((text, context) => {
      const fault = addressFault(new URL(text));
      if (fault !== undefined) context.addIssue(fault.message);
    }),
  /** 10s default (1s..1h): short enough that a stall of a few seconds stands out of its bucket. */
  every: duration('1s', '1h', '10s'),
  build: name.optional(),
  labels: labels.default({}),
  profiles: z.array(z.enum(scrapedProfiles)).min(1).default(['block', 'mutex', 'cpu', 'goroutine', 'heap']),
});

/** What is over a limit is refused, or kept without its detail, the smallest values first. */
const limits = z.strictObject({
  /** A pprof body as sent. Go heap profiles of large services reach 5 MB. */
  pprof: bytes('1kB', '1GB', '16MB'),
  /** A pprof body after gunzip: a gzip bomb stops here. */
  inflated: bytes('1kB', '4GB', '64MB'),
  /** An execution trace as sent: 1 GB is ten minutes of a busy service. Streamed to disk. */
  trace: bytes('1kB', '16GB', '1GB'),
  /** A text body: goroutine dumps and logs. */
  text: bytes('1kB', '1GB', '64MB'),
  /** Stacks of one profile; the smallest beyond become one, `[over the sample limit]`. */
  samples: count(100, 1_000_000, 16_000),
  /** Frames of one stack; `[over the depth limit]` stands for the outermost beyond. */
  depth: count(16, 10_000, 1_000),
  /** Labels of one series, and the length of a name and a value in bytes. */
  labels: count(2, 200, 30),
  label_name: bytes('8B', '64kB', '1kB'),
  label_value: bytes('8B', '64kB', '2kB'),
  /** Bytes of profiles a second over all clients, as sent, averaged over 10 s; above it 429. */
  rate: bytes('1kB', '10GB', '64MB'),
  /** How far ahead of the server's clock a profile may be. Back: as far as raw data is kept. */
  ahead: duration('0s', '1d', '10m'),
  /** Bodies and decoded profiles held in memory at one time; above it 429. */
  in_flight: bytes('1MB', '4GB', '128MB'),
  /** How long a client may take to send its body; above it 408. */
  body_timeout: duration('1s', '10m', '30s'),
});

/** Ages by tier; see docs/storage.md for what each tier answers. */
const retention = z.strictObject({
  raw: duration('1h', '400d', '3d'),
  site1m: duration('1h', '400d', '14d'),
  stack1h: duration('1h', '400d', '30d'),
  site1h: duration('1h', '3650d', '400d'),
  /** Uploaded files, counted from the upload. */
  uploads: duration('1h', '3650d', '30d'),
  /** Execution traces and what was found in them; as long as uploads by default. */
  traces: z
    .string()
    .transform(quantity(parseDuration, parseDuration('1h'), parseDuration('3650d'), '1h', '3650d'))
    .optional(),
  /** Bytes on disk above which raw is shortened first. None by default. */
  max_size: z
    .string()
    .transform(quantity(parseBytes, 64 * MiB, Number.MAX_SAFE_INTEGER, '64MB', '8PB'))
    .optional(),
});

const sampling = z.strictObject({
  /** Argument of runtime.SetBlockProfileRate, ns. */
  block_rate: z.number().int().min(0).optional(),
  /** Argument of runtime.SetMutexProfileFraction. */
  mutex_fraction: z.number().int().min(0).optional(),
  go: z
    .string()
    .regex(/^(go)?1\.\d+(\.\d+)?/, 'must look like 1.23 or go1.23.5')
    .optional(),
});

/** Execution traces: recording them from targets, and looking into them. */
const traces = z.strictObject({
  /** What one analysis may take: about three times the file. Above it the analysis fails, and the server goes on. */
  memory: bytes('128MB', '64GB', '3GB'),
  /** Least time between the end of one recording of a target and the start of the next: each costs it 1 to 2 % CPU. */
  pause: duration('0s', '1d', '1m'),
  /** How long a target stays armed unless it is said. */
  armed: duration('1m', '1d', '30m'),
});

/** The whole of `lockscope.config.yml`. */
export const configFileSchema = z.strictObject({
  targets: z.array(target).default([]),
  limits: limits.prefault({}),
  retention: retention.prefault({}),
  traces: traces.prefault({}),
  /** Labels that may name the pod; the first present wins. */
  pod_labels: z.array(name).min(1).default(['pod', 'k8s.pod.name', 'instance', 'hostname']),
  /** Labels that may name the build; the first present wins. */
  build_labels: z.array(name).min(1).default(['service_git_ref', 'version', 'build']),
  /** Function prefixes to look through when finding a site: lock wrappers. */
  wrappers: z.array(name).default(['github.com/sasha-s/go-deadlock.']),
  /** Function prefixes of waits that are idle by design, beside the built-in ones. */
  idle: z.array(name).default([]),
  /** What the profiles of a service cannot say, by service name. */
  sampling: z.record(name, sampling).default({}),
});

/** A zod transform: text to a number in [min, max]. */
function quantity(parse: (text: string) => number, min: number, max: number, minText: string, maxText: string) {
  return (text: string, context: z.RefinementCtx): number => {
    const value = parse(text);
    if (Number.isNaN(value)) context.addIssue(`"${text}" is no quantity with a unit`);
    else if (value < min || value > max) context.addIssue(`"${text}" is not within ${minText} to ${maxText}`);
    return value;
  };
}
