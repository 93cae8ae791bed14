import { hashFields, idText, publicSiteIds, sitePlaces } from '@/lib/contention/identity';
import { groupBy } from '@/lib/group-by';
import type { SiteDef } from '@/lib/profile/site';
import type { ArmRow, ArmTable, Source } from './arm-table';
import type { ChangedSite, Unit } from './comparison';
import { gatherRows, type Measured } from './gather-rows';
import { matchingName } from './names';
import type { ContentionRow, CpuRow, Run } from './run';
import { timeTables } from './time-tables';
import { denominatorOf } from './unit';

/**
 * The tables of an arm: for each benchmark (runs without one together) the sites of its mutex, block and CPU profiles
 * and its times, every value divided by its run's denominator. A site that a measured run does not have is 0 there; a
 * run without the profile is not among the runs of that table. Rows in order of name and place.
 */
export function tabulateArm(runs: readonly Run[], unit: Unit): ArmTable[] {
  const numbered = runs.map((run, index) => ({ run, index }));
  const benchmarks = groupBy(numbered, ({ run }) => run.benchmark ?? null);
  return [...benchmarks].flatMap(([benchmark, own]) => {
    const measured = <Row>(of: (run: Run) => readonly Row[] | undefined): Measured<Row>[] =>
      own.flatMap(({ run, index }) => {
        const rows = of(run);
        return rows === undefined ? [] : [{ index, per: denominatorOf(run, unit), rows }];
      });
    const table = (source: Source, runsOf: readonly Measured<unknown>[], rows: readonly ArmRow[]): ArmTable[] =>
      runsOf.length === 0 ? [] : [{ source, benchmark, runs: runsOf.map(({ index }) => index), rows: inOrder(rows) }];
    const mutex = measured((run) => run.mutex);
    const block = measured((run) => run.block);
    const cpu = measured((run) => run.cpu);
    return [
      ...table('mutex', mutex, contentionTable(mutex)),
      ...table('block', block, contentionTable(block)),
      ...table('cpu', cpu, cpuTable(cpu)),
      ...timeTables(own),
    ];
  });
}

function contentionTable(runs: readonly Measured<ContentionRow>[]): ArmRow[] {
  const defs = new Map(runs.flatMap(({ rows }) => rows.map(({ site }) => [site.id, site])));
  const ids = publicSiteIds([...defs.values()]);
  const places = sitePlaces([...defs.values()]);
  const keyOf = ({ site }: ContentionRow) =>
    [site.kind, matchingName(site.function), places.get(site.id), site.root].join('\0');
  return gatherRows(runs, keyOf, {
    value: (row) => row.delayNs,
    beside: (row) => row.contentions,
    events: (row) => row.contentions,
    describe: ({ site }) => ({
      site: displayOf(site, ids.get(site.id) ?? ''),
      place: places.get(site.id) ?? '',
      def: site,
    }),
    callers: (row) => row.callers,
    callees: () => [],
  });
}

function displayOf({ kind, function: name, file, line }: SiteDef, id: string): ChangedSite {
  return { id, kind, function: name, file, line };
}

function cpuTable(runs: readonly Measured<CpuRow>[]): ArmRow[] {
  return gatherRows(runs, (row) => matchingName(row.function), {
    value: (row) => row.cumulativeNs,
    beside: (row) => row.selfNs,
    events: (row) => row.samples,
    describe: (row) => ({
      site: {
        id: idText(hashFields(['cpu', row.function])),
        kind: 'other',
        function: row.function,
        file: row.file,
        line: row.startLine,
      },
      place: '',
      def: undefined,
    }),
    callers: (row) => row.callers,
    callees: (row) => row.callees,
  });
}

function inOrder(rows: readonly ArmRow[]): ArmRow[] {
  const key = ({ site, name, place }: ArmRow) => [name, site.kind, place, site.function].join('\0');
  return rows
    .map((row) => ({ row, at: key(row) }))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map(({ row }) => row);
}
