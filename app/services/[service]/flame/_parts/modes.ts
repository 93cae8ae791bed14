import { type ProfileType, profileTypeId } from '@/lib/profile/profile-type';

/** One way to look at a service's stacks: a type of profile, or waiters and holders mirrored. */
export interface Mode {
  /** Value of the parameter `mode`. */
  readonly id: string;
  readonly name: string;
  /** Type id for the query; undefined for the mirror, which asks for both. */
  readonly typeId: string | undefined;
  /** Words for sentences: `the CPU time`. */
  readonly what: string;
  readonly unit: string;
  readonly sampleType: string;
}

const names: Readonly<Record<string, readonly [name: string, what: string]>> = {
  'block:delay': ['Waiters', 'the waiting'],
  'mutex:delay': ['Holders', 'the delay charged to unlocks'],
  'process_cpu:cpu': ['CPU', 'the CPU time'],
  'wall:wall': ['Wall', 'the wall time'],
  'wall:cpu': ['CPU (wall profiler)', 'the CPU time'],
  'goroutine:goroutine': ['Goroutines', 'the goroutines'],
  'goroutineleak:goroutineleak': ['Leaked goroutines', 'the leaked goroutines'],
  'memory:alloc_space': ['Allocated bytes', 'the allocated bytes'],
  'memory:alloc_objects': ['Allocations', 'the allocations'],
  'memory:inuse_space': ['Bytes in use', 'the memory in use'],
  'memory:inuse_objects': ['Objects in use', 'the objects in use'],
};

/** The modes that the types present allow: waiters, holders and their mirror first, then every other type by name. */
export function modesOf(types: readonly ProfileType[]): Mode[] {
  const single = types.map((type): Mode => {
    const short = `${type.name}:${type.sampleType}`;
    const [name, what] = names[short] ?? [short, `the ${type.sampleType} of ${type.name}`];
    const id = short === 'block:delay' ? 'waiters' : short === 'mutex:delay' ? 'holders' : short;
    return { id, name, what, typeId: profileTypeId(type), unit: type.sampleUnit, sampleType: type.sampleType };
  });
  const waiters = single.find(({ id }) => id === 'waiters');
  const holders = single.find(({ id }) => id === 'holders');
  const rest = single.filter((mode) => mode !== waiters && mode !== holders).sort((a, b) => (a.name < b.name ? -1 : 1));
  const mirror: Mode[] =
    waiters === undefined || holders === undefined
      ? []
      : [{ ...waiters, id: 'mirror', name: 'Mirror', typeId: undefined, what: 'the waiting at locks' }];
  return [waiters, holders].flatMap((mode) => mode ?? []).concat(mirror, rest);
}

/** The mode a URL asks for; the mirror, else the first there is, when it asks for none. Undefined when it asks for one that is not there. */
export function chosenMode(modes: readonly Mode[], wanted: string | null): Mode | undefined {
  if (wanted !== null) return modes.find(({ id }) => id === wanted);
  return modes.find(({ id }) => id === 'mirror') ?? modes[0];
}
