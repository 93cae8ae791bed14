import type { HoldDetail, HoldName } from '@/components/trace/hold-detail';
import { LockscopeError } from '@/lib/errors';
import type { TileHold, TileWait, TraceFrame, TraceTile, WaitDetail } from '@/lib/query/trace/result';
import type { TraceReader } from '@/lib/traces/port';
import { laneParts } from './lane-parts';

type Reader = Pick<TraceReader, 'tile' | 'wait' | 'search'>;

interface Asked extends HoldName {
  readonly lock: string;
}

const wokenShown = 20;
const pageOfWaits = 50;
/** Pages of the holder's own waits that are looked through for the one that ended with the hold. */
const mostPages = 20;
const lanePixels = 4_000;

/**
 * One hold of a lock, put together from what a reader of traces answers. Throws `trace.no-hold` when no hold of that
 * goroutine ends at that time, and what the reader throws.
 */
export async function readHold(reader: Reader, id: string, asked: Asked): Promise<HoldDetail> {
  const { lock, goroutine, endNs } = asked;
  // No wider than the hold's end: nothing is merged with it, and the waits are those that stood when it ended.
  const around = { fromNs: Math.max(0, endNs - 1), toNs: endNs + 2, pixels: 1, lock };
  const tile = await reader.tile(id, around);
  const hold = tile.lock?.holds.find((one) => one.goroutine === goroutine && Math.floor(one.endNs) === endNs);
  if (hold === undefined || tile.lock === undefined) {
    throw new LockscopeError('trace.no-hold', `G${goroutine} ends no hold of this lock at ${endNs} ns`, {
      place: 'path hold',
    });
  }
  const { certainNs } = hold;
  const [candidates, acquired, lane] = await Promise.all([
    hold.released ? wokenBy(reader, id, { tile, around, hold }) : [],
    hold.start === 'exact' ? ownWait(reader, id, asked, hold) : undefined,
    reader.tile(id, {
      fromNs: Math.min(certainNs, endNs - 1),
      toNs: endNs,
      pixels: lanePixels,
      lanes: [goroutine],
    }),
  ]);
  const victims = await victimsOf(reader, id, candidates.slice(0, hold.woke), endNs);
  const [known] = victims.flatMap((victim) => victim.hold ?? []);
  return {
    ...hold,
    lockId: tile.lock.id,
    lockName: tile.lock.name,
    name: lane.lanes[0]?.name ?? '',
    releaseStack: hold.released ? (known?.stack ?? [frameOf(hold)]) : undefined,
    acquired,
    parts: known?.parts ?? laneParts(lane.lanes[0]?.bars ?? [], { fromNs: certainNs, toNs: endNs }),
    woken: victims.map(rowOf),
  };
}

/** Waits that the holder ended at the end of a hold or later, by when. */
async function wokenBy(
  reader: Reader,
  id: string,
  {
    tile,
    around,
    hold,
  }: {
    readonly tile: TraceTile;
    readonly around: { readonly fromNs: number; readonly toNs: number; readonly pixels: number; readonly lock: string };
    readonly hold: TileHold;
  },
): Promise<TileWait[]> {
  const woken: TileWait[] = [];
  for (const { site, waits } of tile.waiters) {
    for (let offset = 0; offset < waits; offset += pageOfWaits) {
      const { unfolded } = await reader.tile(id, { ...around, unfold: site.id, offset });
      woken.push(
        ...(unfolded?.rows ?? []).filter(
          ({ by, grantedNs }) => by === hold.goroutine && grantedNs !== null && grantedNs >= hold.endNs,
        ),
      );
    }
  }
  return woken.sort((a, b) => (a.grantedNs ?? 0) - (b.grantedNs ?? 0) || a.wait - b.wait);
}

/** The first waits that this hold ended: the same goroutine's next release may stand among the candidates. */
async function victimsOf(
  reader: Reader,
  id: string,
  candidates: readonly TileWait[],
  endNs: number,
): Promise<readonly WaitDetail[]> {
  const details = await Promise.all(candidates.slice(0, wokenShown).map(({ wait }) => reader.wait(id, wait)));
  return details.filter(({ hold }) => hold !== undefined && Math.floor(hold.endNs) === endNs);
}

function frameOf({ site: { function: name, file, line } }: TileHold): TraceFrame {
  return { function: name, file, line };
}

async function ownWait(
  reader: Reader,
  id: string,
  { lock, goroutine }: Asked,
  { startNs }: TileHold,
): Promise<HoldDetail['acquired']> {
  for (let page = 0; page < mostPages; page += 1) {
    const { rows, total } = await reader.search(id, `g:${goroutine} lock:${lock}`, page * pageOfWaits);
    const found = rows.find((row) => row.startNs <= startNs && row.endNs >= startNs);
    if (found !== undefined && found.wait !== null) {
      const detail = await reader.wait(id, found.wait);
      return { wait: rowOf(detail), stack: detail.stack };
    }
    if ((page + 1) * pageOfWaits >= total) return undefined;
  }
  return undefined;
}

function rowOf({
  wait,
  goroutine,
  name,
  beginNs,
  grantedNs,
  acquiredNs,
  beganBefore,
  unfinished,
  by,
}: WaitDetail): TileWait {
  return { wait, goroutine, name, beginNs, grantedNs, acquiredNs, beganBefore, unfinished, by };
}
