/**
 * `name` is the profile's (`block`, `mutex`, `process_cpu`, `goroutine`, `goroutineleak`, `memory`, `wall`, …),
 * the rest is pprof's. A window carries one primary value column (`sampleType`) and counts beside it:
 * block and mutex: value = delay in ns, count = contentions; process_cpu: cpu ns and samples;
 * memory: alloc_space with alloc_objects, inuse_space with inuse_objects; goroutine: value, count 0.
 */
export interface ProfileType {
  readonly name: string;
  readonly sampleType: string;
  readonly sampleUnit: string;
  readonly periodType: string;
  readonly periodUnit: string;
}

/** Pyroscope's id: `mutex:delay:nanoseconds:contentions:count`. */
export function profileTypeId(type: ProfileType): string {
  return [type.name, type.sampleType, type.sampleUnit, type.periodType, type.periodUnit].join(':');
}
