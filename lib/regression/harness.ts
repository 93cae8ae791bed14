import { parseGoName } from '@/lib/contention/go-name';
import type { Frame } from '@/lib/profile/profile';

const harnessPackages: ReadonlySet<string> = new Set(['testing', 'runtime/pprof', 'runtime/trace']);

/** True for functions of Go's benchmark harness and of its profilers. */
export function isHarnessFunction(name: string): boolean {
  return harnessPackages.has(parseGoName(name).package);
}

/**
 * True for a stack that is the harness at its own work: the first frame from the leaf outside the runtime and the
 * locking library is in `testing` or a profiler. Benchmarked code runs under the harness, but never at the leaf of it.
 */
export function isHarnessStack(frames: readonly Frame[]): boolean {
  const first = frames.find((frame) => !isRuntimeFunction(frame.function));
  return first !== undefined && isHarnessFunction(first.function);
}

/** True for the runtime and what every lock and CPU stack passes on its way into it. */
export function isRuntimeFunction(name: string): boolean {
  return /^(?:runtime|sync|sync\/atomic|internal(?:\/[\w/]+)?)\.|^runtime\/internal\//.test(name);
}
