import { errorCode, LockscopeError } from '@/lib/errors';
import { decodePprof } from '@/lib/pprof/decode';
import type { WireProfile } from '@/lib/pprof/wire-profile';
import type { Labels } from '@/lib/selection/selection';
import { type UnixMs, unixMs } from '@/lib/units';
import { type ColumnPlan, planColumns } from './columns';
import type { IngestConfig } from './config';
import { decodeLimits } from './decode-limits';
import { normaliseLabels } from './labels';
import { type NormalisedProfile, normaliseProfile } from './normalise';
import { profileName } from './profile-kind';
import { createStackCache } from './stack-cache';
import { checkAge, type WindowTime, windowTime } from './window-time';
import type { RawLabel } from './wire/app-name';
import type { RawProfile } from './wire/raw-profile';

/** What the caller knows better than the profile. */
export interface ReadHints {
  /** Profile name: block, mutex, memory, … */
  readonly kind?: string;
  /** The window, on the server's clock: a scraped profile's. */
  readonly window?: WindowTime;
  /** The profile is cumulative and has no predecessor: only its snapshots (memory in use) are windows. */
  readonly snapshotsOnly?: boolean;
}

export interface ReadJob extends Omit<RawProfile, 'bytes'>, ReadHints {
  readonly bytes: Uint8Array;
  readonly now: UnixMs;
}

export interface ReadProfile extends NormalisedProfile {
  readonly kind: string;
  readonly labels: Labels;
  /** End of the window. */
  readonly newest: UnixMs;
  /** The length of a snapshot's window was told by nobody: the usual 15 s were taken. */
  readonly assumedWindow: boolean;
}

/** What a profile is, without storing it. */
export interface Inspection {
  /** Profile name; undefined when nothing tells it. */
  readonly kind: string | undefined;
  readonly samples: number;
}

export interface ProfileReader {
  /**
   * Bytes to windows. Throws the codes of `decodePprof`, and `ingest.labels`, `ingest.kind`, `ingest.window`
   * (a difference whose window nobody tells), `ingest.too-old`, `ingest.too-new`.
   */
  read(job: ReadJob): ReadProfile;
  /** Decodes only. Throws the codes of `decodePprof`. */
  inspect(job: ReadJob): Inspection;
  /** See StackCache. */
  forgetDefinitions(): void;
}

/** How long a snapshot (goroutines, memory in use) stands for when nothing says: the scrape interval of Alloy. */
const assumedWallMs = 15_000;
/** Definitions are sent again so often: the store may have dropped stacks that nothing used. */
const definitionsLiveMs = 3_600_000;

export function createProfileReader(config: IngestConfig): ProfileReader {
  const { limits } = config;
  const cache = createStackCache({ wrappers: config.wrappers, depth: limits.depth });
  const pprofLimits = decodeLimits(limits);
  const labelRules = { podLabels: config.podLabels, buildLabels: config.buildLabels, limits };
  const labelsOf = new WeakMap<readonly RawLabel[], Labels>();
  let definitionsFrom = 0;

  return {
    read(job) {
      const labels = labelsOf.get(job.labels) ?? normaliseLabels(job.labels, labelRules);
      labelsOf.set(job.labels, labels);
      const wire = decodePprof(job.bytes, pprofLimits);
      const kind = job.kind ?? profileName(wire, job);
      if (kind === undefined) {
        const types = wire.sampleTypes.map(({ type }) => type).join(', ');
        throw new LockscopeError('ingest.kind', `nothing tells what kind of profile this is (sample types ${types})`);
      }
      const { time, plans, assumed } = placeInTime(wire, kind, job);
      checkAge(time, job.now, limits);
      if (job.now - definitionsFrom > definitionsLiveMs) {
        cache.forgetDefinitions();
        definitionsFrom = job.now;
      }
      const context = { kind, labels, time, plans, maxStacks: limits.samples };
      const { windows, stacks, sites, leftOut } = normaliseProfile(wire, context, cache);
      return {
        windows,
        stacks,
        sites,
        leftOut,
        kind,
        labels,
        newest: unixMs(time.start + time.wallMs),
        assumedWindow: assumed,
      };
    },
    inspect(job) {
      const wire = decodePprof(job.bytes, pprofLimits);
      return { kind: job.kind ?? profileName(wire, job), samples: wire.samples.length };
    },
    forgetDefinitions: cache.forgetDefinitions,
  };
}

function placeInTime(
  wire: WireProfile,
  kind: string,
  job: ReadJob,
): { time: WindowTime; plans: ColumnPlan[]; assumed: boolean } {
  const all = planColumns(kind, wire);
  const plans = job.snapshotsOnly ? all.filter((plan) => plan.kind === 'instant') : all;
  if (plans.length === 0) {
    const types = wire.sampleTypes.map(({ type }) => type).join(', ');
    throw new LockscopeError('ingest.kind', `a ${kind} profile without its sample types (${types})`, {
      place: 'sample types',
    });
  }
  const { timeNanos, durationNanos } = wire;
  const told =
    job.window ??
    windowTime({
      timeNanos,
      durationNanos,
      timeIsStart: kind === 'process_cpu',
      from: job.from,
      until: job.until,
    });
  if (told !== undefined) return { time: told, plans, assumed: false };
  const snapshots = plans.filter((plan) => plan.kind === 'instant');
  if (snapshots.length === 0) {
    if (job.from !== undefined && job.until !== undefined) {
      throw new LockscopeError('ingest.window', 'until is not after from: the window has no length', {
        place: 'query until',
      });
    }
    throw new LockscopeError(
      'ingest.window',
      `a ${kind} profile without a duration is cumulative since process start; say its window, or send differences`,
      { place: 'duration_nanos' },
    );
  }
  const end = timeNanos > 0n ? Math.round(Number(timeNanos) / 1e6) : (job.until ?? job.now);
  return { time: { start: unixMs(end - assumedWallMs), wallMs: assumedWallMs }, plans: snapshots, assumed: true };
}

/** True for what a second reading with all definitions can cure. */
export function isUndefinedStack(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'store.window.undefined-stack' || code === 'store.window.undefined-site';
}
