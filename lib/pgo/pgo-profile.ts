import { LockscopeError } from '@/lib/errors';
import type { WireProfile } from '@/lib/pprof/wire-profile';
import { ProfileBuilder } from '@/lib/profile/build';
import type { Profile, SampleType } from '@/lib/profile/profile';
import { type CallEdge, callEdgesOfSample, tellsInlining } from './call-edges';

/** The sample types that `go build -pgo` reads, the first of them that it finds. */
const readTypes: readonly SampleType[] = [
  { type: 'samples', unit: 'count' },
  { type: 'cpu', unit: 'nanoseconds' },
];

export interface PgoProfile {
  /** One sample an edge: stack [callee, caller]. No labels, mappings, addresses or times; files without folders. */
  readonly profile: Profile;
  readonly counts: PgoCounts;
}

export interface PgoCounts {
  readonly profiles: number;
  /** Profiles in which inlined calls are not told. */
  readonly withoutInlining: number;
  /** Sum of samples; null when no profile counts them. */
  readonly samples: number | null;
  readonly cpuSeconds: number | null;
  /** Distinct calls: caller, line, callee. */
  readonly edges: number;
  /** Of them, those that Go takes for hot: the heaviest that make up 99 % of the weight. */
  readonly hotEdges: number;
  /** Weight of edges whose caller has no start line, in all weight: Go cannot place them in an edited file. */
  readonly unplacedShare: number;
  /** Samples whose calls near the leaf have no name: not in the profile. */
  readonly unnamedSamples: number;
}

/**
 * The CPU profiles as one that `go build -pgo` reads: exactly the call edges it would count in them, added up, which is
 * all it looks at (cmd/internal/pgo.FromPProf). The order of `profiles` does not matter; equal input gives an equal
 * profile. Values are sums: longer profiles weigh more. `comments` say where it comes from.
 * Throws `pgo.not-cpu` for a profile without CPU samples, `pgo.no-edges` when nothing calls anything, and
 * `pgo.no-start-lines` when no function has its first line: Go would refuse, or silently ignore, such a file.
 */
export function pgoProfile(profiles: readonly WireProfile[], comments: readonly string[]): PgoProfile {
  const types = readTypes.filter((wanted) => profiles.every((wire) => columnOf(wire, wanted) >= 0));
  if (types.length === 0 || profiles.length === 0) {
    const expected = readTypes.map(({ type, unit }) => `${type}/${unit}`).join(' or ');
    throw new LockscopeError('pgo.not-cpu', `not every profile has ${expected}: only CPU profiles guide a build`);
  }
  const builder = new ProfileBuilder({
    sampleTypes: types,
    periodType: { type: 'cpu', unit: 'nanoseconds' },
    comments,
  });
  const sums = types.map(() => 0);
  let unnamedSamples = 0;
  for (const wire of profiles) unnamedSamples += addProfile(builder, wire, types, sums);
  const profile = { ...builder.build(), comments: [...comments] };
  const { weights, unplaced, total } = weightsOf(profile);
  if (total === 0) throw new LockscopeError('pgo.no-edges', 'the profiles hold no call that took CPU time');
  if (unplaced === total) {
    throw new LockscopeError(
      'pgo.no-start-lines',
      'no function of the profiles tells its first line (Go 1.20 and newer record it), so go build -pgo refuses them',
    );
  }
  const sumOf = (type: string): number | null => sums[types.findIndex((one) => one.type === type)] ?? null;
  const nanoseconds = sumOf('cpu');
  return {
    profile,
    counts: {
      profiles: profiles.length,
      withoutInlining: profiles.filter((wire) => !tellsInlining(wire)).length,
      samples: sumOf('samples'),
      cpuSeconds: nanoseconds === null ? null : nanoseconds / 1e9,
      edges: weights.length,
      hotEdges: heaviest(weights, 0.99 * total),
      unplacedShare: unplaced / total,
      unnamedSamples,
    },
  };
}

function columnOf(wire: WireProfile, wanted: SampleType): number {
  return wire.sampleTypes.findIndex(({ type, unit }) => type === wanted.type && unit === wanted.unit);
}

/** Adds a profile's edges and, to `sums`, its values; returns how many samples have a call without a name. */
function addProfile(builder: ProfileBuilder, wire: WireProfile, types: readonly SampleType[], sums: number[]): number {
  const columns = types.map((type) => columnOf(wire, type));
  const inlining = tellsInlining(wire);
  let unnamed = 0;
  for (let sample = 0; sample < wire.samples.length; sample++) {
    const values = columns.map(
      (column) => wire.samples.wide[column]?.get(sample) ?? wire.samples.values[column]?.[sample] ?? 0,
    );
    for (const [index, value] of values.entries()) sums[index] = (sums[index] ?? 0) + Number(value);
    const edges = callEdgesOfSample(wire, sample, inlining);
    if (edges.includes(undefined)) unnamed++;
    for (const edge of edges) if (edge !== undefined) builder.add(builder.stack(stackOf(builder, edge)), 0, values);
  }
  return unnamed;
}

/** Of the callee Go reads the name only; without its line, equal calls are one sample, also into different lines. */
function stackOf(builder: ProfileBuilder, { caller, callee }: CallEdge): number[] {
  const functionOf = (frame: CallEdge['caller']): number =>
    builder.function(frame.function, frame.file.slice(frame.file.lastIndexOf('/') + 1), frame.startLine);
  return [builder.location(functionOf(callee), 0), builder.location(functionOf(caller), caller.line)];
}

/** Go's weight of each edge: the first value. */
function weightsOf({ samples, stacks, locations, functions }: Profile): {
  readonly weights: Float64Array;
  readonly unplaced: number;
  readonly total: number;
} {
  const weights = Float64Array.from(samples.values[0] ?? []);
  let unplaced = 0;
  let total = 0;
  for (const [sample, weight] of weights.entries()) {
    const caller = stacks.locations[(stacks.offsets[samples.stack[sample] ?? 0] ?? 0) + 1] ?? 0;
    if ((functions.startLine[locations.func[caller] ?? 0] ?? 0) === 0) unplaced += weight;
    total += weight;
  }
  return { weights, unplaced, total };
}

/** How many of the heaviest it takes to reach `goal`. */
function heaviest(weights: Float64Array, goal: number): number {
  let sum = 0;
  let count = 0;
  for (const weight of weights.toSorted().reverse()) {
    if (sum >= goal) break;
    sum += weight;
    count++;
  }
  return count;
}
