/**
 * Execution traces as text, in the form in which `go tool trace -d=wire` prints them under a line `Trace Go1.NN`: one
 * item a line, arguments by name in the order of the wire. `String id=1` is followed by `data="…"`, `Stack` by a line of
 * `pc= func= file= line=` per frame, `#` begins a comment. Beyond that form, `size=` of a batch may be left out (it is
 * counted), and `Bytes 77 0 255` writes bytes as they are.
 */

/** Arguments of each item that has any, in the order of the wire; a timed event has `dt` before them. */
const timed: Record<string, readonly [id: number, ...args: string[]]> = {
  ProcsChange: [9, 'procs_value', 'stack'],
  ProcStart: [10, 'p', 'p_seq'],
  ProcStop: [11],
  ProcSteal: [12, 'p', 'p_seq', 'm'],
  ProcStatus: [13, 'p', 'pstatus'],
  GoCreate: [14, 'new_g', 'new_stack', 'stack'],
  GoCreateSyscall: [15, 'new_g'],
  GoStart: [16, 'g', 'g_seq'],
  GoDestroy: [17],
  GoDestroySyscall: [18],
  GoStop: [19, 'reason_string', 'stack'],
  GoBlock: [20, 'reason_string', 'stack'],
  GoUnblock: [21, 'g', 'g_seq', 'stack'],
  GoSyscallBegin: [22, 'p_seq', 'stack'],
  GoSyscallEnd: [23],
  GoSyscallEndBlocked: [24],
  GoStatus: [25, 'g', 'm', 'gstatus'],
  STWBegin: [26, 'kind_string', 'stack'],
  STWEnd: [27],
  GCActive: [28, 'gc_seq'],
  GCBegin: [29, 'gc_seq', 'stack'],
  GCEnd: [30, 'gc_seq'],
  GCSweepActive: [31, 'p'],
  GCSweepBegin: [32, 'stack'],
  GCSweepEnd: [33, 'swept_value', 'reclaimed_value'],
  GCMarkAssistActive: [34, 'g'],
  GCMarkAssistBegin: [35, 'stack'],
  GCMarkAssistEnd: [36],
  HeapAlloc: [37, 'heapalloc_value'],
  HeapGoal: [38, 'heapgoal_value'],
  GoLabel: [39, 'label_string'],
  UserTaskBegin: [40, 'task', 'parent_task', 'name_string', 'stack'],
  UserTaskEnd: [41, 'task', 'stack'],
  UserRegionBegin: [42, 'task', 'name_string', 'stack'],
  UserRegionEnd: [43, 'task', 'name_string', 'stack'],
  UserLog: [44, 'task', 'key_string', 'value_string', 'stack'],
  GoSwitch: [45, 'g', 'g_seq'],
  GoSwitchDestroy: [46, 'g', 'g_seq'],
  GoCreateBlocked: [47, 'new_g', 'new_stack', 'stack'],
  GoStatusStack: [48, 'g', 'm', 'gstatus', 'stack'],
  ClockSnapshot: [51, 'mono', 'sec', 'nsec'],
  Span: [128, 'id', 'npages_value', 'kindclass'],
  HeapObject: [131, 'id', 'type'],
  GoroutineStackFree: [136, 'id'],
};

const untimed: Record<string, readonly [id: number, ...args: string[]]> = {
  Stacks: [2],
  Stack: [3, 'id', 'nframes'],
  Strings: [4],
  CPUSamples: [6],
  CPUSample: [7, 'time', 'm', 'p', 'g', 'stack'],
  Frequency: [8, 'freq'],
  Sync: [50],
};

/** Names of a timed event's arguments, `dt` first. Throws for what is no timed event. */
export function timedArguments(name: string): readonly string[] {
  const known = timed[name];
  if (known === undefined) throw new Error(`no event of a thread: ${name}`);
  const [, ...args] = known;
  return ['dt', ...args];
}

/** The bytes of a trace. Throws for a line that is not of the form. */
export function traceFromText(text: string): Uint8Array {
  const bytes: number[] = [];
  let batch: { header: readonly string[]; args: Map<string, string>; payload: number[] } | undefined;
  const endBatch = (): void => {
    if (batch === undefined) return;
    const { header, args, payload } = batch;
    bytes.push(header[0] === 'EventBatch' ? 1 : 49);
    if (header[0] === 'ExperimentalBatch') bytes.push(Number(args.get('exp') ?? 0));
    for (const name of ['gen', 'm', 'time']) pushVarint(bytes, args.get(name) ?? '0');
    pushVarint(bytes, args.get('size') ?? String(payload.length));
    bytes.push(...payload);
    batch = undefined;
  };
  for (const line of text.split('\n').map((one) => one.replace(/^\s+|\s*(#[^"]*)?$/g, ''))) {
    const [name = '', ...words] = line.split(/\s+/);
    if (name === '') continue;
    if (name === 'Trace') {
      const header = `${line.replace('Trace Go', 'go ')} trace`;
      bytes.push(...new TextEncoder().encode(header.padEnd(16, '\0')));
    } else if (name === 'EventBatch' || name === 'ExperimentalBatch') {
      endBatch();
      batch = { header: [name], args: argumentsOf(words), payload: [] };
    } else if (name === 'EndOfGeneration') {
      endBatch();
      bytes.push(52);
    } else {
      pushItem(batch?.payload ?? bytes, name, line, words);
    }
  }
  endBatch();
  return Uint8Array.from(bytes);
}

function pushItem(bytes: number[], name: string, line: string, words: readonly string[]): void {
  if (name === 'Bytes') {
    bytes.push(...words.map(Number));
    return;
  }
  if (name.startsWith('data=')) {
    const text: unknown = JSON.parse(line.slice('data='.length));
    const data = new TextEncoder().encode(String(text));
    pushVarint(bytes, String(data.length));
    bytes.push(...data);
    return;
  }
  const args = argumentsOf(words);
  if (name.startsWith('pc=')) {
    const frame = argumentsOf([name, ...words]);
    for (const part of ['pc', 'func', 'file', 'line']) pushVarint(bytes, given(frame, part, line));
    return;
  }
  if (name === 'String') {
    bytes.push(5);
    pushVarint(bytes, given(args, 'id', line));
    return;
  }
  const [id, ...names] = untimed[name] ?? [timed[name]?.[0] ?? -1, ...timedArguments(name)];
  bytes.push(id);
  for (const argument of names) pushVarint(bytes, given(args, argument, line));
}

function argumentsOf(words: readonly string[]): Map<string, string> {
  return new Map(words.map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]));
}

function given(args: ReadonlyMap<string, string>, name: string, line: string): string {
  const value = args.get(name);
  if (value === undefined) throw new Error(`${name}= is missing: ${line}`);
  return value;
}

/** The shortest form of an unsigned integer of up to 64 bits; more are written as they come. */
function pushVarint(bytes: number[], decimal: string): void {
  let rest = BigInt(decimal);
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
}
