import type { Selection } from '@/lib/selection/selection';
import type { SampleStore } from '@/lib/store/port';
import { selectionOf } from './batches';

/** A merged profile as text: stack (leaf first, line when not 1) to [count, value]. */
export async function mergedText(
  store: SampleStore,
  selection: Selection = selectionOf(),
  options: Parameters<SampleStore['merged']>[1] = {},
): Promise<Record<string, [number, number]>> {
  const { profile } = await store.merged(selection, options);
  const { samples, stacks, locations, functions, strings } = profile;
  const two = profile.sampleTypes.length === 2;
  const rows: Record<string, [number, number]> = {};
  for (let row = 0; row < samples.length; row++) {
    const stack = samples.stack[row] ?? 0;
    const frames = [...stacks.locations.slice(stacks.offsets[stack], stacks.offsets[stack + 1])].map((location) => {
      const name = strings[functions.name[locations.func[location] ?? 0] ?? 0] ?? '';
      const line = locations.line[location] ?? 0;
      return line === 1 ? name : `${name}:${line}`;
    });
    const [first, second] = [samples.values[0]?.[row] ?? 0, samples.values[1]?.[row] ?? 0];
    rows[frames.join('<')] = two ? [first, second] : [0, first];
  }
  return rows;
}

/** Hot rows as text: site function (with its line when not 1) to [count, value, max rate]. */
export async function hotText(
  store: SampleStore,
  options: Partial<Parameters<SampleStore['hotspots']>[1]> = {},
  selection: Selection = selectionOf(),
): Promise<Record<string, [number, number, number]>> {
  const { sites } = await store.hotspots(selection, { level: 'site', by: 'value', limit: 100, ...options });
  return Object.fromEntries(
    sites.map(({ site, count, value, max }) => [
      site.level === 'lock' || site.line === 1 ? site.function : `${site.function}:${site.line}`,
      [count, value, max.rate],
    ]),
  );
}

/** One line per group: `by | site | values | max`, unknown buckets (no wall time) as `-`. */
export async function seriesText(
  store: SampleStore,
  options: Partial<Parameters<SampleStore['series']>[1]>,
  selection: Selection = selectionOf(),
): Promise<{ stepMs: number; from: number; lines: string[] }> {
  const result = await store.series(selection, { groupBy: [], stepMs: 10_000, ...options });
  const column = (numbers: Float64Array, wall: Float64Array) =>
    [...numbers].map((number, bucket) => (wall[bucket] === 0 ? '-' : number)).join(' ');
  return {
    stepMs: result.stepMs,
    from: result.from,
    lines: result.groups.map(({ by, site, values, maxRate, wallMs }) =>
      [Object.values(by).join(','), site?.function ?? '', column(values, wallMs), column(maxRate, wallMs)].join(' | '),
    ),
  };
}

export async function collect<Row>(rows: AsyncIterable<Row>): Promise<Row[]> {
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  return all;
}
