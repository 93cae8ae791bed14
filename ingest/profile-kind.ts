import { kindOfProfile, type ProfileKind } from '@/lib/pprof/kind';
import type { WireProfile } from '@/lib/pprof/wire-profile';
import type { RawProfile } from './wire/raw-profile';

/** Our names for the field's: the first part of a profile type. */
const nameOfKind: Readonly<Partial<Record<ProfileKind, string>>> = { cpu: 'process_cpu', heap: 'memory' };

/**
 * The profile name that a profile is stored under, `block` or `process_cpu`; one that sample types do not tell goes
 * by its `__name__` label (`fgprof`). undefined when nothing tells, as for a lock profile without samples and hints.
 */
export function profileName(
  wire: WireProfile,
  hints: Pick<RawProfile, 'labels' | 'sampleTypeConfig'>,
): string | undefined {
  const label = hints.labels.find(([name]) => name === '__name__')?.[1];
  const { kind } = kindOfProfile(wire, {
    ...(hints.sampleTypeConfig === undefined ? {} : { sampleTypeConfig: hints.sampleTypeConfig }),
    ...(label === undefined ? {} : { profileName: label }),
  });
  if (kind !== 'unknown') return nameOfKind[kind] ?? kind;
  const isLockProfile = wire.sampleTypes.some(({ type }) => type === 'contentions');
  return isLockProfile ? undefined : label;
}
