import type { SiteId } from '@/lib/profile/site';
import type { Selection } from '@/lib/selection/selection';
import { oneMeaning, type SeriesMeaning } from '../meaning';
import { mergedProfile, wholeShare } from '../merged-profile';
import { keepLargestStacks, type StackSum } from '../rank';
import { DenseSums } from './dense-sums';
import { emptyCover, type ReadContext, toCover } from './read-context';

// Reused by every query of this thread; empty between queries.
const total = new DenseSums();
const ofSeries = new DenseSums();

/** `SampleStore.merged` over the file. */
export function answerMerged(
  context: ReadContext,
  selection: Selection,
  options: { readonly maxStacks?: number; readonly sites?: readonly SiteId[] },
) {
  return context.read(selection, ({ from, to }) => {
    const { dictionary } = context;
    const cover = emptyCover();
    const present: SeriesMeaning[] = [];
    total.clear();
    ofSeries.clear();
    total.reserve(dictionary.stackLimit);
    ofSeries.reserve(dictionary.stackLimit);
    for (const series of context.matching(selection)) {
      const before = cover.windows;
      const chunks = context.stackChunks(series, from, to, cover);
      const windows = cover.windows - before;
      if (windows === 0) continue;
      cover.series += 1;
      present.push(series);
      for (const { ids, counts, values } of chunks) {
        for (let index = 0; index < ids.length; index++) {
          ofSeries.add(ids[index] ?? 0, counts[index] ?? 0, values[index] ?? 0);
        }
      }
      const whole = (sum = 0) => wholeShare(series.kind, sum, windows);
      for (const id of ofSeries.touched) total.add(id, whole(ofSeries.counts[id]), whole(ofSeries.values[id]));
      ofSeries.clear();
    }
    const meaning = oneMeaning(present);
    const wanted = options.sites === undefined ? undefined : localSites(context, options.sites);
    const sums: StackSum<number>[] = [];
    for (const id of total.touched) {
      const site = dictionary.stackSite[id] ?? 0;
      if (wanted !== undefined && !wanted.has(site) && !wanted.has(dictionary.siteLock[site] ?? 0)) continue;
      const [count, value] = [total.counts[id] ?? 0, total.values[id] ?? 0];
      sums.push({ id: dictionary.stackHash[id] ?? 0n, ref: id, count, value });
    }
    const { kept, other } = keepLargestStacks(sums, options.maxStacks);
    const stacks = kept.map(({ ref, count, value }) => ({ frames: dictionary.frames(ref), count, value }));
    const covered = toCover(cover, selection, context, 'stack1hFloor');
    return { profile: mergedProfile(stacks, meaning?.type, selection, covered), other, cover: covered };
  });
}

export function localSites(context: ReadContext, ids: readonly SiteId[]): Set<number> {
  return new Set(ids.flatMap((id) => context.dictionary.localSite(id) ?? []));
}
