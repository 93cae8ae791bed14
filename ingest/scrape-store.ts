import type { ProfileFact, TargetEvent, TargetRecord } from '@/lib/catalog/port';
import { encodeProfile } from '@/lib/pprof/encode';
import type { Profile } from '@/lib/profile/profile';
import { type UnixMs, unixMs } from '@/lib/units';
import type { IngestConfig } from './config';
import type { ReadHints } from './profile-reader';
import { type Endpoint, endpoints } from './scrape-endpoint';
import { failedFact, type TargetState } from './scrape-state';
import type { RawLabel } from './wire/app-name';
import type { RawProfile } from './wire/raw-profile';

export interface ScrapeStore {
  /** Takes a profile with its window; resolves when it is safe. */
  readonly accept: (raw: RawProfile, hints: ReadHints) => Promise<unknown>;
  readonly config: IngestConfig;
  readonly labels: readonly RawLabel[];
  /** When the scrape began: the end of its windows, on the server's clock. */
  readonly at: UnixMs;
  readonly everyMs: number;
}

/** Labels of a target's windows; without a label that names the pod, host and port do. */
export function targetLabels(
  target: TargetRecord,
  mutexFraction: number | undefined,
  config: IngestConfig,
): readonly RawLabel[] {
  const named = config.podLabels.some((name) => target.labels[name] !== undefined);
  return [
    ['service_name', target.service],
    ...(target.build === undefined ? [] : [['build', target.build] as const]),
    ...(named ? [] : [['instance', new URL(target.url).host] as const]),
    ...(mutexFraction === undefined ? [] : [['mutex_fraction', String(mutexFraction)] as const]),
    ...Object.entries(target.labels),
  ];
}

/** A scrape later than this many periods after the last one is missed. */
const missedFactor = 1.5;
const switchOn: Readonly<Record<string, string>> = {
  block: 'no sample so far: is runtime.SetBlockProfileRate called?',
  mutex: 'no sample so far: is runtime.SetMutexProfileFraction called?',
};

/** Subtracts and stores the cumulative profiles of one scrape; a fact for each, and events of the whole target. */
export async function storeCumulative(
  profiles: ReadonlyMap<string, Profile>,
  state: TargetState,
  store: ScrapeStore,
  events: TargetEvent[],
): Promise<ReadonlyMap<string, ProfileFact>> {
  const { at } = store;
  const { windows, restart } = state.bases.subtract(profiles);
  if (restart !== undefined) events.push({ at, kind: 'restart', detail: `${restart}; counted from zero` });
  else if (profiles.size > 0 && state.lastAt === undefined) {
    events.push({ at, kind: 'first', detail: 'kept to subtract from; windows begin with the next scrape' });
  }
  if (state.lastAt !== undefined && at - state.lastAt > store.everyMs * missedFactor) {
    const gap = Math.round((at - state.lastAt) / 1_000);
    events.push({ at, kind: 'missed', detail: `${gap} s since the last scrape: this window is that long` });
  }
  const facts = new Map<string, ProfileFact>();
  for (const [name, { profile, sinceMs }] of windows) {
    const whole = profiles.get(name) ?? profile;
    // A base older than what is kept gives a window that nothing would take.
    const usable = sinceMs !== undefined && sinceMs >= at - store.config.limits.behindMs && sinceMs < at;
    const fact = await storeWindow(name, profile, usable ? at - sinceMs : undefined, store);
    const off = whole.samples.length === 0 ? switchOn[name] : undefined;
    facts.set(name, off === undefined || !fact.ok ? fact : { ...fact, detail: off });
    if (fact.ok) state.bases.keep(name, whole, at);
  }
  return facts;
}

/** `windowMs` undefined = no predecessor: only what is a state, memory in use, makes a window then. */
async function storeWindow(
  name: string,
  profile: Profile,
  windowMs: number | undefined,
  store: ScrapeStore,
): Promise<ProfileFact> {
  const snapshotsOnly = windowMs === undefined;
  const detail = snapshotsOnly ? 'first scrape: kept to subtract from' : '';
  const fact = { profile: name, ok: true, windowMs, samples: profile.samples.length, detail };
  if (snapshotsOnly && name !== 'heap') return fact;
  const wallMs = windowMs ?? store.everyMs;
  const window = { start: unixMs(store.at - wallMs), wallMs };
  try {
    await acceptAs(profile, { kind: endpoints[name]?.kind ?? name, snapshotsOnly, window }, store);
    return fact;
  } catch (error) {
    return failedFact(name, error);
  }
}

/** Stores a profile that needs no predecessor: a snapshot of goroutines, or a CPU profile of its own length. */
export async function storeOther(
  name: string,
  endpoint: Endpoint,
  profile: Profile,
  state: TargetState,
  store: ScrapeStore,
): Promise<ProfileFact> {
  const ownMs = Math.round(Number(profile.durationNanos) / 1e6);
  const sinceMs = state.lastAt === undefined ? store.everyMs : Math.max(1, store.at - state.lastAt);
  const snapshot = ownMs === 0;
  const wallMs = snapshot ? Math.min(sinceMs, store.everyMs * 2) : ownMs;
  // The CPU profile begins with the scrape, a snapshot stands for the time before it.
  const start = unixMs(snapshot ? store.at - wallMs : store.at);
  try {
    await acceptAs(profile, { kind: endpoint.kind, window: { start, wallMs } }, store);
    return { profile: name, ok: true, windowMs: wallMs, samples: profile.samples.length, detail: '' };
  } catch (error) {
    return failedFact(name, error);
  }
}

async function acceptAs(profile: Profile, hints: ReadHints, store: ScrapeStore): Promise<void> {
  const bytes = encodeProfile(profile);
  await store.accept(
    { bytes, labels: store.labels, sampleTypeConfig: undefined, from: undefined, until: undefined },
    hints,
  );
}
