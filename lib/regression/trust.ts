import { groupBy } from '@/lib/group-by';
import type { Comparison, Note, Unit } from './comparison';
import { checkFingerprints } from './fingerprint';
import { isInterleaved } from './interleaved';
import type { CompareOptions } from './options';
import type { PairedRow } from './paired-row';
import type { Arm, Run } from './run';
import { median, pooledLogDeviation } from './stats/spread';
import { bySize, fullRuns, leastRuns, type Tested } from './tested';

const unitWords: Readonly<Record<Unit, string>> = {
  op: 'per operation',
  request: 'per request',
  second: 'per second of wall time',
  run: 'per run: no count of operations or requests and no length is known for all of them',
};

/**
 * What bears on whether to believe a comparison: what the values are divided by, how the runs lie in time, how many
 * there are, what differs or is not known of the machines, and which profiles one side lacks. Throws
 * `regression.fingerprint`.
 */
export function trustNotes(base: Arm, head: Arm, unit: Unit, options: CompareOptions): Note[] {
  return [
    { code: 'unit', message: `values are ${unitWords[unit]}` },
    orderNote(base.runs, head.runs, options),
    ...countNotes(base.runs, head.runs),
    ...checkFingerprints(base.fingerprint, head.fingerprint),
    ...(['mutex', 'block', 'cpu'] as const).flatMap((kind) => oneSided(kind, base.runs, head.runs)),
  ];
}

function orderNote(base: readonly Run[], head: readonly Run[], options: CompareOptions): Note {
  if (options.stored) {
    const message = 'the base was measured at another time: nothing here is more than suspicious';
    return { code: 'stored-base', message };
  }
  if (isInterleaved(base, head))
    return { code: 'interleaved', message: 'base and head runs alternate in time: slow drift of the machine cancels' };
  const untimed = [...base, ...head].some((run) => run.startMs === undefined);
  const reason = untimed ? 'when the runs were made is not known' : 'base and head runs do not alternate in time';
  return { code: 'not-interleaved', message: `${reason}: drift of the machine can look like a change` };
}

function countNotes(base: readonly Run[], head: readonly Run[]): Note[] {
  const notes: Note[] = [];
  const benchmarks = [
    ...groupBy(base, (run) => run.benchmark).values(),
    ...groupBy(head, (run) => run.benchmark).values(),
  ];
  const runs = Math.min(base.length, head.length, ...benchmarks.map((own) => own.length));
  if (runs < leastRuns)
    notes.push({ code: 'few-runs', message: `${runs} runs an arm: fewer than ${leastRuns} tell nothing` });
  else if (runs < fullRuns)
    notes.push({ code: 'few-runs', message: `${runs} runs an arm: fewer than ${fullRuns} make no regression` });
  if (base.length !== head.length)
    notes.push({ code: 'unequal-runs', message: `${base.length} base and ${head.length} head runs` });
  return notes;
}

function oneSided(kind: 'mutex' | 'block' | 'cpu', base: readonly Run[], head: readonly Run[]): Note[] {
  const has = (runs: readonly Run[]) => runs.some((run) => run[kind] !== undefined);
  if (has(base) === has(head)) return [];
  const side = has(base) ? 'head' : 'base';
  return [{ code: 'one-sided', message: `the ${side} has no ${kind} profile: ${kind} is not compared` }];
}

/**
 * What the runner let through: how much an operation's time varies from run to run by itself, and below which ratio a
 * typical lock's change would have stayed unseen, when that is above the gate.
 */
export function noiseNotes(
  tested: readonly Tested[],
  blind: Comparison['blindBelowRatio'],
  options: CompareOptions,
): Note[] {
  const spreads = tested.flatMap(({ domain, base, head }) =>
    domain === 'time' ? (pooledLogDeviation(bySize(base), bySize(head)) ?? []) : [],
  );
  const typical = median(spreads);
  const notes: Note[] = [];
  if (typical !== undefined)
    notes.push({ code: 'noise', message: `the time of an operation varies by ${percent(typical)} from run to run` });
  const gate = 1 + options.gates.lock;
  if (blind.lock !== null && blind.lock > gate) {
    const message = `blind below ×${blind.lock.toPrecision(2)} for a typical lock on this runner, and the gate is ×${gate}`;
    notes.push({ code: 'blind', message });
  }
  return notes;
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}

/** A profile that was recorded and in which nothing waited is no pass: nothing contended. */
export function contentionNotes(rows: readonly PairedRow[], base: Arm, head: Arm): Note[] {
  const recorded = [...base.runs, ...head.runs].some((run) => run.mutex !== undefined || run.block !== undefined);
  if (!recorded || rows.some((row) => row.source === 'mutex' || row.source === 'block')) return [];
  return [
    { code: 'no-contention', message: 'no contention was measured on either side: locks were not put to the test' },
  ];
}
