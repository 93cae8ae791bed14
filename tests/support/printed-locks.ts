import { readTrace } from '@/lib/gotrace/read-trace';
import { bufferSource } from '@/lib/gotrace/source';
import type { Trace } from '@/lib/gotrace/trace';
import { analyseLocks } from '@/lib/locktrace/analyse';
import { type Doing, holdMode, holdStart, type LockTrace, waitFlag } from '@/lib/locktrace/lock-trace';
import { traceOfStory } from './lock-story';

const micro = (ns: number | undefined): string =>
  ns === undefined || Number.isNaN(ns) ? '?' : String(Math.round(ns) / 1_000);
const nameOf = (names: Readonly<Record<string, number>>, value: number | undefined): string =>
  Object.keys(names).find((name) => names[name] === value) ?? '?';

/** A trace and what the analysis found in it. */
export interface Printer {
  readonly trace: Trace;
  readonly locks: LockTrace;
}

/**
 * Waits by begin, microseconds: `g2 Mutex.Lock main.get 10..20..21 by g1` is begin, wake-up, running; behind it what is
 * not the rule: `×2` blocks with the sums of blocked and wake-up, the drain, flags.
 */
export function printedWaits({ trace, locks: { waits, sites } }: Printer): string[] {
  return Array.from({ length: waits.count }, (_, row) => {
    const site = sites[waits.site[row] ?? 0];
    const by = waits.by[row] ?? -1;
    const times = [waits.beginNs[row], waits.grantedNs[row], waits.acquiredNs[row]].map(micro).join('..');
    const parts = [goroutine(trace, waits.goroutine[row] ?? 0), site?.kind, site?.function || '-', times];
    if (by >= 0) parts.push(`by ${goroutine(trace, by)}`);
    if ((waits.blocks[row] ?? 1) > 1)
      parts.push(`×${waits.blocks[row]} blocked ${micro(waits.blockedNs[row])} wake-up ${micro(waits.wakeupNs[row])}`);
    if (!Number.isNaN(waits.drainBeginNs[row]))
      parts.push(`drains ${micro(waits.drainBeginNs[row])}..${micro(waits.drainEndNs[row])}`);
    for (const [name, bit] of Object.entries(waitFlag)) if (((waits.flags[row] ?? 0) & bit) !== 0) parts.push(name);
    return parts.join(' ');
  });
}

/** Holds by end: `g1 mutex main.put exact 5..20 woke 1 ended 10`; a bounded one is `earliest..certain..end`. */
export function printedHolds({ trace, locks: { holds, sites } }: Printer): string[] {
  return Array.from({ length: holds.count }, (_, row) => {
    const start = nameOf(holdStart, holds.start[row]);
    const times = [holds.startNs[row], ...(start === 'exact' ? [] : [holds.certainNs[row]]), holds.endNs[row]];
    const who = `${goroutine(trace, holds.goroutine[row] ?? 0)} ${nameOf(holdMode, holds.mode[row])}`;
    const ended = `woke ${holds.woke[row]} ended ${micro(holds.waitReleasedNs[row])}`;
    return `${who} ${sites[holds.site[row] ?? 0]?.function} ${start} ${times.map(micro).join('..')} ${ended}`;
  });
}

/** Convoys by waiting: `long holder g1 main.put at 10 for 20, 3 victims 55 = pending 0 + held 55 + grant 0`. */
export function printedConvoys({ trace, locks: { convoys, sites } }: Printer): string[] {
  return convoys.map((convoy) => {
    const { kind, culprit, victims, writer, doing } = convoy;
    const who = `${goroutine(trace, culprit.goroutine)} ${sites[culprit.site]?.function}`;
    const split = `pending ${micro(convoy.pendingNs)} held ${micro(convoy.heldNs)} grant ${micro(convoy.grantDelayNs)}`;
    const behind =
      writer === null ? '' : `, writer ${goroutine(trace, writer.goroutine)} ${sites[writer.site]?.function}`;
    const at = `at ${micro(convoy.atNs)} for ${micro(convoy.durationNs)}`;
    return `${kind} ${who} ${at}: ${victims} victims ${micro(convoy.waitNs)}, ${split}${behind}; ${printedDoing(doing)}`;
  });
}

/** Parts that are not nothing, in microseconds. */
export function printedDoing(doing: Doing): string {
  const parts = Object.entries(doing).filter(([, ns]) => ns !== 0);
  return parts.map(([name, ns]) => `${name} ${micro(ns)}`).join(' ');
}

/** `main.store g1,g2 Mutex`: each lock with the goroutines of its waits. */
export function printedLocks({ trace, locks: { locks, waits } }: Printer): string[] {
  return locks.map((lock, number) => {
    const rows = Array.from({ length: waits.count }, (_, row) => row).filter((row) => waits.lock[row] === number);
    const who = [...new Set(rows.map((row) => goroutine(trace, waits.goroutine[row] ?? 0)))].join(',');
    return `${lock.name} ${lock.family}${lock.named ? ' named' : ''}: ${who}`;
  });
}

function goroutine(trace: Trace, index: number): string {
  return `g${trace.goroutines.id[index]}`;
}

/** A story (lock-story.ts) read and analysed. */
export function analysedStory(
  story: string,
  options: { version?: string; wrappers?: readonly string[] } = {},
): Printer {
  const trace = readTrace(bufferSource(traceOfStory(story, options.version)));
  return { trace, locks: analyseLocks(trace, options) };
}
