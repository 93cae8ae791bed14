import type { SiteDef } from '@/lib/profile/site';
import { isLockFamily } from './family';
import { matchesAny } from './function-pattern';
import { isNoiseFunction } from './noise';

/** Waits that a goroutine's root loop spends on being given work: rule R27 of go-lock-profiles 4. */
const rootLoopKinds: ReadonlySet<string> = new Set(['chan receive', 'select', 'Cond.Wait', 'WaitGroup.Wait']);

/**
 * True for waits that are nobody's trouble: workers without work, the runtime's own goroutines, profilers, and what
 * the user names (`idleFunctions`: the forms of `matchesAny`). A lock is never idle by shape, a send never:
 * it waits for a slow receiver.
 */
export function isIdleSite(site: SiteDef, idleFunctions: readonly string[]): boolean {
  if (isNoiseFunction(site.function)) return true;
  if (matchesAny(site.function, idleFunctions)) return true;
  return site.root && !isLockFamily(site.family) && rootLoopKinds.has(site.kind);
}
