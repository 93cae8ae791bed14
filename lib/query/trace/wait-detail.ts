import { LockscopeError } from '@/lib/errors';
import { bareName } from '@/lib/profile/function-name';
import { type HoldStretch, holdParts, mostOf } from './hold-parts';
import { waitEnd } from './lock-lanes';
import type { WaitDetail } from './result';
import { holdBar, siteOf } from './tile-holds';
import { known, waitRow } from './tile-waits';
import type { TraceView } from './trace-view';

const longestChain = 32;

/** One wait in full. Throws `trace.no-wait` for a number that is none. */
export function waitDetail(view: TraceView, wait: number): WaitDetail {
  const { waits, head } = view.kept;
  if (!Number.isInteger(wait) || wait < 0 || wait >= waits.count)
    throw new LockscopeError('trace.no-wait', `the trace has no wait ${wait}`, { place: 'wait' });
  const by = waits.by[wait] ?? -1;
  const [blockedNs, wakeupNs] = [waits.blockedNs[wait] ?? 0, waits.wakeupNs[wait] ?? 0];
  const acquired = known(waits.acquiredNs[wait]);
  const { chain, cut } = chainOf(view, wait);
  return {
    ...waitRow(view, wait),
    lockId: head.locks[waits.lock[wait] ?? 0]?.id ?? '',
    site: siteOf(view, waits.site[wait] ?? 0),
    // What is cut, by the end or by a lost part, lasted as long as it was seen.
    totalNs: acquired === null ? blockedNs + wakeupNs : Math.max(acquired - (waits.beginNs[wait] ?? 0), 0),
    blockedNs,
    wakeupNs,
    stack: view.frames(waits.stack[wait] ?? 0),
    unblocker:
      by < 0
        ? undefined
        : {
            goroutine: view.id(by),
            name: view.name(by),
            stack: view.frames(waits.byStack[wait] ?? 0),
            atNs: waits.grantedNs[wait] ?? head.durationNs,
          },
    hold: holdOf(view, waits.hold[wait] ?? -1),
    chain,
    chainCut: cut,
  };
}

function holdOf(view: TraceView, hold: number): WaitDetail['hold'] {
  if (hold < 0) return undefined;
  const { holds } = view.kept;
  const goroutine = holds.goroutine[hold] ?? 0;
  const bar = holdBar(view, hold);
  return {
    ...bar,
    stack: view.frames(holds.stack[hold] ?? 0),
    name: view.name(goroutine),
    doing: view.doing(goroutine, bar.certainNs, bar.endNs),
    parts: holdParts(view, { goroutine, fromNs: bar.certainNs, toNs: bar.endNs, holder: bar.site.function }),
  };
}

type Link = WaitDetail['chain'][number];

/**
 * From a wait to what ended it, and as long as that goroutine itself waited for most of the time, on to what ended its
 * wait. The last link says what the goroutine at the root did instead.
 */
function chainOf(view: TraceView, first: number): { readonly chain: Link[]; readonly cut: boolean } {
  const { waits, holds, head } = view.kept;
  const chain: Link[] = [];
  const seen = new Set<number>();
  let wait: number | undefined = first;
  while (wait !== undefined && !seen.has(wait)) {
    if (seen.size === longestChain) return { chain, cut: true };
    seen.add(wait);
    chain.push(waitLink(view, wait));
    const fromNs = waits.beginNs[wait] ?? 0;
    const toNs = waitEnd(waits, wait, head.durationNs);
    const hold = waits.hold[wait] ?? -1;
    const blocker = hold < 0 ? (waits.by[wait] ?? -1) : (holds.goroutine[hold] ?? -1);
    if (blocker < 0) return { chain, cut: false };
    const next = longestWait(view, blocker, fromNs, toNs);
    chain.push(hold < 0 ? wakerLink(view, wait, blocker, fromNs, toNs) : holderLink(view, hold));
    if (next === undefined || seen.has(next)) {
      const holder = hold < 0 ? '' : siteOf(view, holds.site[hold] ?? 0).function;
      const root = rootLink(view, { goroutine: blocker, fromNs, toNs, holder });
      if (next === undefined && root !== undefined) chain.push(root);
      return { chain, cut: false };
    }
    wait = next;
  }
  return { chain, cut: false };
}

/** The wait that took at least half of a goroutine's stretch. */
function longestWait(view: TraceView, goroutine: number, fromNs: number, toNs: number): number | undefined {
  const { waits, head } = view.kept;
  let longest: number | undefined;
  let longestNs = (toNs - fromNs) / 2;
  for (const wait of view.waitsOf(goroutine)) {
    const beginNs = waits.beginNs[wait] ?? 0;
    if (beginNs >= toNs) break;
    const overlap = Math.min(waitEnd(waits, wait, head.durationNs), toNs) - Math.max(beginNs, fromNs);
    if (overlap < longestNs) continue;
    longest = wait;
    longestNs = overlap;
  }
  return longest;
}

function waitLink(view: TraceView, wait: number): Link {
  const { waits, head } = view.kept;
  const goroutine = waits.goroutine[wait] ?? 0;
  const { kind, function: name } = siteOf(view, waits.site[wait] ?? 0);
  const lock = head.locks[waits.lock[wait] ?? 0]?.name ?? '';
  return {
    goroutine: view.id(goroutine),
    name: view.name(goroutine),
    what: `waited for ${lock} in ${name === '' ? 'a call that is not in the trace' : bareName(name)} (${kind})`,
    fromNs: waits.beginNs[wait] ?? 0,
    toNs: waitEnd(waits, wait, head.durationNs),
    wait,
  };
}

function holderLink(view: TraceView, hold: number): Link {
  const { goroutine, site, mode, start, certainNs, endNs } = holdBar(view, hold);
  const name = view.name(view.kept.holds.goroutine[hold] ?? 0);
  const since = { exact: '', bounded: ', at least from here on', unknown: ', since when is not known' }[start];
  const lock = mode === 'write' || mode === 'read' ? `the ${mode} lock` : 'the lock';
  return {
    goroutine,
    name,
    what: `held ${lock} in ${bareName(site.function)}${since}`,
    fromNs: certainNs,
    toNs: endNs,
    wait: null,
  };
}

function wakerLink(view: TraceView, wait: number, waker: number, fromNs: number, toNs: number): Link {
  const leaf = view.frames(view.kept.waits.byStack[wait] ?? 0)[0]?.function ?? '';
  const what = leaf === '' ? 'ended the wait' : `ended the wait in ${bareName(leaf)}`;
  return { goroutine: view.id(waker), name: view.name(waker), what, fromNs, toNs, wait: null };
}

/** What the goroutine at the end of a chain did most of the time. */
function rootLink(view: TraceView, { goroutine, fromNs, toNs, holder }: HoldStretch): Link | undefined {
  const most = mostOf(holdParts(view, { goroutine, fromNs, toNs, holder }));
  if (most === undefined) return undefined;
  const where = most.function === '' ? '' : ` in ${bareName(most.function)}`;
  return {
    goroutine: view.id(goroutine),
    name: view.name(goroutine),
    what: `${stateWords[most.state]}${where}`,
    fromNs,
    toNs,
    wait: null,
  };
}

const stateWords = {
  running: 'was running',
  runnable: 'waited for a processor',
  syscall: 'was in a system call',
  lock: 'waited for a lock',
  channel: 'waited for a channel',
  network: 'waited for the network',
  sleep: 'slept',
  gc: 'worked for the garbage collector',
  other: 'waited',
} as const;
