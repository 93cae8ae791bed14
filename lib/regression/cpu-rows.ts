import { isWrapperFrame, withoutRangeSuffix } from '@/lib/contention/go-name';
import { framesOfSample } from '@/lib/pprof/frames';
import { valueColumn } from '@/lib/pprof/value-column';
import type { WireProfile } from '@/lib/pprof/wire-profile';
import type { Frame } from '@/lib/profile/profile';
import { isHarnessStack } from './harness';
import type { CpuRow } from './run';

interface Sum {
  readonly frame: Frame;
  selfNs: number;
  cumulativeNs: number;
  samples: number;
  readonly callers: Set<string>;
  readonly callees: Set<string>;
}

/**
 * Functions of a CPU profile in order of name, times in ns: cumulative once a stack, however often the function stands
 * in it; self where it is the leaf. Frames that the compiler adds are looked through. Callers and callees are the
 * neighbours in the stacks. Stacks of Go's benchmark harness are left away.
 */
export function cpuRowsOf(profile: WireProfile): CpuRow[] {
  const sums = new Map<string, Sum>();
  const [times, counts] = [valueColumn(profile, 'cpu'), valueColumn(profile, 'samples')];
  for (let sample = 0; sample < profile.samples.length; sample++) {
    const frames = framesOfSample(profile, sample);
    if (isHarnessStack(frames)) continue;
    const ns = times?.[sample] ?? 0;
    addStack(sums, frames.filter(isWritten).map(named), {
      ns,
      samples: counts?.[sample] ?? (profile.period > 0 ? Math.round(ns / profile.period) : 0),
    });
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { frame, callers, callees, ...sum }]) => ({
      function: frame.function,
      file: frame.file,
      startLine: frame.startLine,
      selfNs: sum.selfNs,
      cumulativeNs: sum.cumulativeNs,
      samples: sum.samples,
      callers: [...callers].sort(),
      callees: [...callees].sort(),
    }));
}

function addStack(
  sums: Map<string, Sum>,
  frames: readonly Frame[],
  value: { readonly ns: number; readonly samples: number },
): void {
  const seen = new Set<string>();
  for (const [depth, frame] of frames.entries()) {
    const sum = sums.get(frame.function) ?? emptySum(frame);
    sums.set(frame.function, sum);
    if (depth === 0) sum.selfNs += value.ns;
    const [callee, caller] = [frames[depth - 1]?.function, frames[depth + 1]?.function];
    if (caller !== undefined && caller !== frame.function) sum.callers.add(caller);
    if (callee !== undefined && callee !== frame.function) sum.callees.add(callee);
    if (seen.has(frame.function)) continue;
    seen.add(frame.function);
    sum.cumulativeNs += value.ns;
    sum.samples += value.samples;
  }
}

function emptySum(frame: Frame): Sum {
  return { frame, selfNs: 0, cumulativeNs: 0, samples: 0, callers: new Set(), callees: new Set() };
}

function isWritten(frame: Frame): boolean {
  return !isWrapperFrame(frame.function);
}

function named(frame: Frame): Frame {
  return { ...frame, function: withoutRangeSuffix(frame.function) };
}
