/** Event ids of the v2 format, as Go writes them (docs/semantics.md, "Execution traces"). */
export const eventType = {
  eventBatch: 1,
  stacks: 2,
  stack: 3,
  strings: 4,
  string: 5,
  cpuSamples: 6,
  cpuSample: 7,
  frequency: 8,
  procsChange: 9,
  procStart: 10,
  procStop: 11,
  procSteal: 12,
  procStatus: 13,
  goCreate: 14,
  goCreateSyscall: 15,
  goStart: 16,
  goDestroy: 17,
  goDestroySyscall: 18,
  goStop: 19,
  goBlock: 20,
  goUnblock: 21,
  goSyscallBegin: 22,
  goSyscallEnd: 23,
  goSyscallEndBlocked: 24,
  goStatus: 25,
  stwBegin: 26,
  stwEnd: 27,
  gcActive: 28,
  gcBegin: 29,
  gcEnd: 30,
  gcSweepActive: 31,
  gcSweepBegin: 32,
  gcSweepEnd: 33,
  gcMarkAssistActive: 34,
  gcMarkAssistBegin: 35,
  gcMarkAssistEnd: 36,
  heapAlloc: 37,
  heapGoal: 38,
  goLabel: 39,
  userTaskBegin: 40,
  userTaskEnd: 41,
  userRegionBegin: 42,
  userRegionEnd: 43,
  userLog: 44,
  goSwitch: 45,
  goSwitchDestroy: 46,
  goCreateBlocked: 47,
  goStatusStack: 48,
  experimentalBatch: 49,
  sync: 50,
  clockSnapshot: 51,
  endOfGeneration: 52,
  firstExperimental: 128,
} as const;

/** name, arguments after the time delta (-1: not an event of a thread), first format that has it; by id from 1. */
const table: readonly (readonly [string, number, number])[] = [
  ['EventBatch', -1, 22],
  ['Stacks', -1, 22],
  ['Stack', -1, 22],
  ['Strings', -1, 22],
  ['String', -1, 22],
  ['CPUSamples', -1, 22],
  ['CPUSample', -1, 22],
  ['Frequency', -1, 22],
  ['ProcsChange', 2, 22],
  ['ProcStart', 2, 22],
  ['ProcStop', 0, 22],
  ['ProcSteal', 3, 22],
  ['ProcStatus', 2, 22],
  ['GoCreate', 3, 22],
  ['GoCreateSyscall', 1, 22],
  ['GoStart', 2, 22],
  ['GoDestroy', 0, 22],
  ['GoDestroySyscall', 0, 22],
  ['GoStop', 2, 22],
  ['GoBlock', 2, 22],
  ['GoUnblock', 3, 22],
  ['GoSyscallBegin', 2, 22],
  ['GoSyscallEnd', 0, 22],
  ['GoSyscallEndBlocked', 0, 22],
  ['GoStatus', 3, 22],
  ['STWBegin', 2, 22],
  ['STWEnd', 0, 22],
  ['GCActive', 1, 22],
  ['GCBegin', 2, 22],
  ['GCEnd', 1, 22],
  ['GCSweepActive', 1, 22],
  ['GCSweepBegin', 1, 22],
  ['GCSweepEnd', 2, 22],
  ['GCMarkAssistActive', 1, 22],
  ['GCMarkAssistBegin', 1, 22],
  ['GCMarkAssistEnd', 0, 22],
  ['HeapAlloc', 1, 22],
  ['HeapGoal', 1, 22],
  ['GoLabel', 1, 22],
  ['UserTaskBegin', 4, 22],
  ['UserTaskEnd', 2, 22],
  ['UserRegionBegin', 3, 22],
  ['UserRegionEnd', 3, 22],
  ['UserLog', 4, 22],
  ['GoSwitch', 2, 23],
  ['GoSwitchDestroy', 2, 23],
  ['GoCreateBlocked', 3, 23],
  ['GoStatusStack', 4, 23],
  ['ExperimentalBatch', -1, 23],
  ['Sync', -1, 25],
  ['ClockSnapshot', -1, 25],
  ['EndOfGeneration', -1, 26],
];

/** Timed events of the `AllocFree` experiment, from id 128. */
const experiments: readonly (readonly [string, readonly string[]])[] = [
  ['Span', ['id', 'npages_value', 'kindclass']],
  ['SpanAlloc', ['id', 'npages_value', 'kindclass']],
  ['SpanFree', ['id']],
  ['HeapObject', ['id', 'type']],
  ['HeapObjectAlloc', ['id', 'type']],
  ['HeapObjectFree', ['id']],
  ['GoroutineStack', ['id', 'order']],
  ['GoroutineStackAlloc', ['id', 'order']],
  ['GoroutineStackFree', ['id']],
];

/** `argumentCounts(format)[id]`: arguments of a timed event after its time delta; 255 for what may not stand in a batch of events. */
export function argumentCounts(format: number): Uint8Array {
  const counts = new Uint8Array(256).fill(255);
  for (const [index, [, args, since]] of table.entries()) {
    if (args >= 0 && since <= format) counts[index + 1] = args;
  }
  if (format < 23) return counts;
  for (const [index, [, args]] of experiments.entries()) counts[eventType.firstExperimental + index] = args.length;
  return counts;
}

/** Go's name of an event id; `event 77` when it has none. */
export function eventName(id: number): string {
  return table[id - 1]?.[0] ?? experiments[id - eventType.firstExperimental]?.[0] ?? `event ${id}`;
}

/** Names of an experimental event's arguments. */
export function experimentalArguments(id: number): readonly string[] {
  return experiments[id - eventType.firstExperimental]?.[1] ?? [];
}
