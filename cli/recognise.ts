/** Kinds of input that a command may not read, told by their content. In the words of error messages. */
const textKinds: readonly (readonly [RegExp, string])[] = [
  [/^POTENTIAL DEADLOCK:/m, 'a go-deadlock report'],
  [/^--- (?:contention|mutex):/m, 'a block or mutex profile as text (debug=1)'],
  [/^goroutine(?:leak)? profile: total \d+/m, 'a goroutine profile as text (debug=1)'],
  [/^fatal error: /m, 'a fatal error of a Go program'],
  [/^WARNING: DATA RACE/m, 'a race report'],
  [/^goroutine \d+ (?:gp=\S+ )?.*\[/m, 'a goroutine dump'],
  [/gc \d+ @[\d.]+s \d+%/, 'gctrace text'],
  [/^SCHED \d+ms: /m, 'schedtrace text'],
  [/^Benchmark\S+\s+\d+\s/m, 'go test -bench output'],
];

/** What a file is when it is no pprof profile; undefined when its content says nothing. */
export function recogniseOther(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 256 * 1024)).toString('latin1');
  const trace = /^go (1\.\d+) trace\0/.exec(head);
  if (trace !== null) return `an execution trace of Go ${trace[1]}`;
  return textKinds.find(([pattern]) => pattern.test(head))?.[1];
}
