import { hashFields, idText } from '@/lib/contention/identity';
import { groupBy } from '@/lib/group-by';
import type { ArmRow, ArmTable } from './arm-table';
import { matchingBenchmark } from './names';
import type { Run } from './run';

/** A table for each benchmark that has times: a run without it did not measure it. */
export function timeTables(runs: readonly { readonly run: Run; readonly index: number }[]): ArmTable[] {
  const times = runs.flatMap(({ run, index }) => run.times.map((time) => ({ index, ...time })));
  return [...groupBy(times, ({ name }) => name)].map(([name, own]): ArmTable => {
    const row: ArmRow = {
      site: { id: idText(hashFields(['benchmark', name])), kind: 'benchmark', function: name, file: '', line: 0 },
      name: matchingBenchmark(name, new Map()),
      place: '',
      def: undefined,
      values: own.map(({ nsPerOp }) => nsPerOp),
      beside: [],
      events: own.length,
      callers: [],
      callees: [],
    };
    return { source: 'time', benchmark: name, runs: own.map(({ index }) => index), rows: [row] };
  });
}
