import type { SampleReads } from './scope';

/**
 * The same reads, one after the other. A service's reads look at the same windows, and a read thread remembers what it
 * decoded: with no more such readers than threads, each stays with its thread and the windows are decoded once.
 */
export function inTurn(store: SampleReads): SampleReads {
  let last: Promise<unknown> = Promise.resolve();
  const next = <Answer>(read: () => Promise<Answer>): Promise<Answer> => {
    const turn = last.then(read, read);
    last = turn;
    return turn;
  };
  return {
    hotspots: (selection, options) => next(() => store.hotspots(selection, options)),
    listSeries: (selection, page) => next(() => store.listSeries(selection, page)),
    series: (selection, options) => next(() => store.series(selection, options)),
  };
}
