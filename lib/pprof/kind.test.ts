import { expect, test } from 'vitest';
import { buildProfile } from '@/lib/profile/build';
import { soundFixtures } from '@/tests/support/go-fixtures';
import { profileFromText } from '@/tests/support/profile-from-text';
import { decodePprof } from './decode';
import { kindOfProfile, meaningOfTime } from './kind';
import { parseSampleTypeConfig } from './sample-type-config';
import { toProfile } from './to-profile';

// Without samples or names nothing in the file tells block from mutex.
const mute = (name: string) => /edge-unsymbolised-go1\.26\/(block|mutex)\.pb/.test(name);

test.each(soundFixtures())('$name is told by content', (fixture) => {
  const wire = decodePprof(fixture.bytes);
  const told = kindOfProfile(wire);
  expect(kindOfProfile(toProfile(wire))).toEqual(told);
  const contention = fixture.kind === 'block' || fixture.kind === 'mutex';
  const tells = wire.samples.length > 0 && !mute(fixture.name);
  if (contention && !tells) expect(told).toEqual({ kind: 'unknown', by: 'nothing' });
  else expect(told).toEqual({ kind: fixture.kind, by: contention ? 'stacks' : 'types' });
});

const mutexConfig = parseSampleTypeConfig(
  '{"contentions":{"units":"lock_samples","display-name":"mutex_count"},"delay":{"units":"lock_nanoseconds","display-name":"mutex_duration","cumulative":false}}',
);
const blockStacks = profileFromText('block\ncontentions delay stack\n1 1ms sync.(*Mutex).Lock ; a.A a.go:1');

test('the configuration counts more than the name, the name more than the stacks', () => {
  const hints = { sampleTypeConfig: mutexConfig, profileName: 'block' };
  expect(kindOfProfile(blockStacks, hints)).toEqual({ kind: 'mutex', by: 'config' });
  expect(kindOfProfile(blockStacks, { profileName: 'godeltaprof_mutex' })).toEqual({ kind: 'mutex', by: 'label' });
  expect(kindOfProfile(blockStacks, { profileName: 'process_cpu' })).toEqual({ kind: 'block', by: 'stacks' });
});

test.each([
  ['runtime._LostContendedRuntimeLock', 'mutex'],
  ['runtime.unlock', 'mutex'],
  ['internal/sync.(*Mutex).Unlock', 'mutex'],
  ['sync.(*RWMutex).RUnlock', 'mutex'],
  ['internal/sync.(*Mutex).lockSlow', 'block'],
  ['sync.(*WaitGroup).Wait', 'block'],
  ['runtime.selectgo', 'block'],
  ['internal/sync.(*HashTrieMap[...]).Swap', 'unknown'],
])('a leaf %s says %s', (leaf, kind) => {
  expect(kindOfProfile(profileFromText(`block\ncontentions delay stack\n1 1ms ${leaf} ; a.A a.go:1`)).kind).toBe(kind);
});

test('the time of a CPU profile is its start, of all others the end', () => {
  expect((['cpu', 'block', 'mutex', 'heap', 'goroutine', 'wall'] as const).map(meaningOfTime)).toEqual([
    'start',
    'end',
    'end',
    'end',
    'end',
    'end',
  ]);
});

test('a configuration that is none is refused with its place', () => {
  expect(() => parseSampleTypeConfig('{')).toThrow(expect.objectContaining({ code: 'pprof.sample-type-config' }));
  expect(() => parseSampleTypeConfig('{"delay":{"units":3}}')).toThrow(
    expect.objectContaining({ place: 'sample_type_config.delay.units' }),
  );
});

test.each([
  [['sample', 'wall', 'cpu'], 'wall'],
  [['samples', 'cpu'], 'cpu'],
  [['objects', 'space'], 'heap'],
  [['inuse_objects', 'inuse_space'], 'heap'],
  [['threadcreate'], 'threadcreate'],
  [['exceptions'], 'unknown'],
])('sample types %j mean %s', (types, kind) => {
  const sampleTypes = types.map((type) => ({ type, unit: 'count' }));
  expect(kindOfProfile(buildProfile({ sampleTypes }, [])).kind).toBe(kind);
});
