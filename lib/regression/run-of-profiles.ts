import { isWrapperFrame, parseGoName, withoutRangeSuffix } from '@/lib/contention/go-name';
import { siteOfStack } from '@/lib/contention/site';
import { framesOfSample } from '@/lib/pprof/frames';
import { valueColumn } from '@/lib/pprof/value-column';
import type { WireProfile } from '@/lib/pprof/wire-profile';
import type { SiteDef, SiteId } from '@/lib/profile/site';
import { cpuRowsOf } from './cpu-rows';
import { isHarnessStack } from './harness';
import type { BenchmarkTime, ContentionRow, Denominators, Run } from './run';

/** What one process recorded in one run. */
export interface MeasuredProfiles {
  readonly name: string;
  readonly benchmark: string | undefined;
  readonly startMs: number | undefined;
  readonly per: Denominators;
  readonly block: WireProfile | undefined;
  readonly mutex: WireProfile | undefined;
  readonly cpu: WireProfile | undefined;
  readonly times: readonly BenchmarkTime[];
}

/**
 * The run of one process from its profiles, each taken whole (never subtracted). Sites are those of the lock pages:
 * where code waits in the block profile, where it releases in the mutex profile. Stacks of Go's benchmark harness are
 * not among them; idle waits are, for the comparison counts what it leaves out. Rows are in order of site id,
 * functions by name, so equal profiles give equal runs.
 */
export function runOfProfiles(measured: MeasuredProfiles, options: { readonly wrappers: readonly string[] }): Run {
  const { name, benchmark, startMs, per, times } = measured;
  return {
    name,
    benchmark,
    startMs,
    per,
    mutex: measured.mutex === undefined ? undefined : contentionRows(measured.mutex, 'hold', options),
    block: measured.block === undefined ? undefined : contentionRows(measured.block, 'wait', options),
    cpu: measured.cpu === undefined ? undefined : cpuRowsOf(measured.cpu),
    times,
  };
}

interface Sum {
  readonly site: SiteDef;
  delayNs: number;
  contentions: number;
  readonly callers: Set<string>;
}

function contentionRows(
  profile: WireProfile,
  role: 'wait' | 'hold',
  options: { readonly wrappers: readonly string[] },
): ContentionRow[] {
  const sums = new Map<SiteId, Sum>();
  const [delays, counts] = [valueColumn(profile, 'delay'), valueColumn(profile, 'contentions')];
  for (let sample = 0; sample < profile.samples.length; sample++) {
    const frames = framesOfSample(profile, sample);
    if (isHarnessStack(frames)) continue;
    const { site } = siteOfStack(frames, role, options);
    const sum = sums.get(site.id) ?? { site, delayNs: 0, contentions: 0, callers: new Set<string>() };
    sum.delayNs += delays?.[sample] ?? 0;
    sum.contentions += counts?.[sample] ?? 0;
    const functions = frames.map((frame) => withoutRangeSuffix(frame.function));
    const caller = callerOf(functions, site.function);
    if (caller !== undefined) sum.callers.add(caller);
    sums.set(site.id, sum);
  }
  return [...sums.values()]
    .sort((a, b) => (a.site.id < b.site.id ? -1 : 1))
    .map((sum) => ({ ...sum, callers: [...sum.callers].sort() }));
}

/** The next function beyond the site's own; the harness and the runtime call nothing of note. */
function callerOf(functions: readonly string[], siteFunction: string): string | undefined {
  const at = functions.indexOf(siteFunction);
  const caller = functions.slice(at + 1).find((name) => name !== siteFunction && !isWrapperFrame(name));
  if (at < 0 || caller === undefined) return undefined;
  return ['testing', 'runtime'].includes(parseGoName(caller).package) ? undefined : caller;
}
