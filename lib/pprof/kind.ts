import { frameOfLocation } from '@/lib/profile/frame';
import type { Profile, SampleType } from '@/lib/profile/profile';
import { leafFrame } from './frames';
import type { SampleTypeConfig } from './sample-type-config';
import type { WireProfile } from './wire-profile';

export type ProfileKind =
  | 'block'
  | 'mutex'
  | 'cpu'
  | 'heap'
  | 'goroutine'
  | 'goroutineleak'
  | 'threadcreate'
  | 'wall'
  | 'unknown';

/** What was sent along with the profile. */
export interface KindHints {
  readonly sampleTypeConfig?: SampleTypeConfig;
  /** The `__name__` label: `mutex`, `block`, `process_cpu`, `godeltaprof_mutex`, … */
  readonly profileName?: string;
}

export interface ToldKind {
  readonly kind: ProfileKind;
  /** What told it; `nothing` when unknown. */
  readonly by: 'config' | 'label' | 'stacks' | 'types' | 'nothing';
}

/**
 * What a profile is. Sample types tell most kinds; block and mutex profiles have the same ones and are told apart by
 * the configuration's display names, then the profile's name, then the functions at the leaves (Go 1.19 to 1.27).
 * Unknown when nothing tells: no samples, no symbols, or only `sync.Map` operations, which look alike in both.
 */
export function kindOfProfile(profile: Profile | WireProfile, hints: KindHints = {}): ToldKind {
  const byTypes = kindOfTypes(profile.sampleTypes);
  if (byTypes !== 'contention') return { kind: byTypes, by: byTypes === 'unknown' ? 'nothing' : 'types' };
  const byConfig = contentionKind(
    Object.values(hints.sampleTypeConfig ?? {}).map((type) => type['display-name'] ?? ''),
  );
  if (byConfig !== undefined) return { kind: byConfig, by: 'config' };
  const byLabel = contentionKind([hints.profileName ?? '']);
  if (byLabel !== undefined) return { kind: byLabel, by: 'label' };
  const byStacks = kindOfLeaves('stacks' in profile ? leavesOfModel(profile) : leavesOfWire(profile));
  if (byStacks !== undefined) return { kind: byStacks, by: 'stacks' };
  return { kind: 'unknown', by: 'nothing' };
}

/**
 * What `timeNanos` marks: Go's CPU profile carries the start of its window, everything else the moment of collection,
 * which is the window's end (also for `?seconds=N` and for the wall profiles of @pyroscope/nodejs).
 */
export function meaningOfTime(kind: ProfileKind): 'start' | 'end' {
  return kind === 'cpu' ? 'start' : 'end';
}

// Go's, and those of @datadog/pprof, on which @pyroscope/nodejs stands.
const heapTypes = new Set(['alloc_objects', 'alloc_space', 'inuse_objects', 'inuse_space', 'objects', 'space']);

function kindOfTypes(types: readonly SampleType[]): ProfileKind | 'contention' {
  const has = (type: string) => types.some((one) => one.type === type);
  if (has('wall')) return 'wall';
  if (has('contentions') && has('delay')) return 'contention';
  if (has('cpu')) return 'cpu';
  if (types.some(({ type }) => heapTypes.has(type))) return 'heap';
  if (has('goroutineleak')) return 'goroutineleak';
  if (has('goroutine') || has('goroutines')) return 'goroutine';
  if (has('threadcreate')) return 'threadcreate';
  return 'unknown';
}

/** `mutex_count`, `block_duration`, `mutex`, `godeltaprof_block`; undefined when neither or both occur. */
function contentionKind(names: readonly string[]): 'block' | 'mutex' | undefined {
  const has = (word: string) => names.some((name) => name.split('_').includes(word));
  if (has('mutex') === has('block')) return undefined;
  return has('mutex') ? 'mutex' : 'block';
}

// Leaves as the runtime trims them (docs/semantics.md). sync.Mutex wraps internal/sync.Mutex since Go 1.24;
// runtime locks have one frame up to 1.24 and stacks ending in runtime.unlock from 1.25 on.
const releasing =
  /^(internal\/)?sync\.\(\*(Mutex|RWMutex|rlocker)\)\.(Unlock|RUnlock|unlockSlow|rUnlockSlow)$|^runtime\.(unlock2?|unlockWithRank|_LostContendedRuntimeLock)$/;
const waiting =
  /^(internal\/)?sync\.\(\*(Mutex|RWMutex|rlocker)\)\.(Lock|RLock|lockSlow)$|^sync\.\(\*(Cond|WaitGroup)\)\.Wait$|^internal\/poll\.\(\*fdMutex\)\.rwlock$|^runtime\.(chanrecv[12]?|chansend1?|selectgo|block)$/;

/** Majority of the samples whose leaf tells; both never occur in one profile that Go wrote. */
function kindOfLeaves(leaves: Iterable<string>): 'block' | 'mutex' | undefined {
  let votes = 0;
  for (const leaf of leaves) {
    if (waiting.test(leaf)) votes += 1;
    else if (releasing.test(leaf)) votes -= 1;
  }
  return votes > 0 ? 'block' : votes < 0 ? 'mutex' : undefined;
}

function* leavesOfModel(profile: Profile): Iterable<string> {
  const { offsets, locations } = profile.stacks;
  for (const stack of profile.samples.stack) {
    const start = offsets[stack] ?? 0;
    if (start < (offsets[stack + 1] ?? 0)) yield frameOfLocation(profile, locations[start] ?? 0).function;
  }
}

function* leavesOfWire(wire: WireProfile): Iterable<string> {
  for (let sample = 0; sample < wire.samples.length; sample++) {
    const frame = leafFrame(wire, sample);
    if (frame !== undefined) yield frame.function;
  }
}
