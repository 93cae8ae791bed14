import type { Note, SampleStore } from '@/lib/store/port';
import { blockDelay, type Scope, selectionOf } from './scope';

const minuteMs = 60_000;
/** Clocks of clients are read twice a window: neighbours may overlap by as much. */
const tolerance = 0.05;
const podsNamed = 3;

/**
 * A note when windows of one series overlap in the view: two processes report under one name. Told by time: windows
 * that do not overlap cannot hold more of it than passed, give or take the one that the last bucket cuts. So an overlap
 * shorter than two buckets (`stepOf`) stays unseen. Block profiles tell. Throws what the store throws.
 */
export async function queryOverlaps(
  store: Pick<SampleStore, 'series' | 'labelNames'>,
  service: string,
  scope: Scope,
): Promise<Note[]> {
  const selection = selectionOf(service, scope, blockDelay);
  // Groups by every label are series.
  const groupBy = await store.labelNames(selection);
  const { groups, stepMs } = await store.series(selection, { groupBy, stepMs: stepOf(scope.range) });
  const pods = groups.filter(({ wallMs }) => overlaps(wallMs, stepMs)).map(({ by }) => by.pod || 'unknown');
  return pods.length === 0 ? [] : [noteOf([...new Set(pods)].sort())];
}

/**
 * Fine for a short range, where a short overlap is news and native windows are few; else five minutes or an hour, which
 * roll-ups answer.
 */
function stepOf({ from, to }: Scope['range']): number {
  const span = to - from;
  if (span <= 30 * minuteMs) return minuteMs / 2;
  return span <= 2 * 24 * 60 * minuteMs ? 5 * minuteMs : 60 * minuteMs;
}

/** True when some run of buckets holds more window time than the run and one more bucket, which no window exceeds, is long. */
function overlaps(wallMs: Float64Array, stepMs: number): boolean {
  let ahead = 0;
  for (const wall of wallMs) {
    ahead = Math.max(0, ahead + wall - stepMs * (1 + tolerance));
    if (ahead > stepMs) return true;
  }
  return false;
}

function noteOf(pods: readonly string[]): Note {
  const named = pods.slice(0, podsNamed).join(', ');
  const more = pods.length > podsNamed ? ` and ${pods.length - podsNamed} more` : '';
  const message = `windows of pod ${named}${more} overlap: at least two processes report under one name. All are kept and counted as one pod; give each its own pod label`;
  return { code: 'pod-overlap', message };
}
