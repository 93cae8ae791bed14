/** One result line of `go test -bench`. */
export interface BenchmarkResult {
  /** `<package>.BenchmarkX/sub`, without the GOMAXPROCS suffix; without a package when no `pkg:` line came before. */
  readonly name: string;
  readonly gomaxprocs: number;
  /** Iterations of the timed loop. */
  readonly iterations: number;
  /** By unit, as printed: `ns/op`, `B/op`, those of b.ReportMetric. */
  readonly values: Readonly<Record<string, number>>;
  /** 1-based. */
  readonly line: number;
}

export interface BenchmarkText {
  /** In order of the text; repeated names are repeated runs. */
  readonly results: readonly BenchmarkResult[];
  /** What the lines `goos:`, `goarch:`, `cpu:` said last; undefined = none did. */
  readonly cpu: string | undefined;
  /** Benchmarks that failed or were skipped, by their printed names. */
  readonly failed: readonly string[];
  readonly skipped: readonly string[];
  /** Lines that begin like a result and are none: what is wrong, and where. */
  readonly damaged: readonly { readonly line: number; readonly reason: string }[];
}

// The format: golang.org/design/14313-benchmark-format. A name begins with "Benchmark" and no lower-case letter after it.
const resultStart = /^Benchmark(?:[^\p{Ll}\s]\S*)?\s/u;
const suffix = /-(\d+)$/;
const configuration = /^(goos|goarch|pkg|cpu):[ \t]*(.*)$/;
const outcome = /^\s*--- (FAIL|SKIP): (Benchmark\S*)/;

/**
 * Reads what `go test -bench` printed; other lines (logs, `ok`, `PASS`) are passed over. A benchmark that prints to
 * stdout parts its own line: the name, then text, then the numbers on a line of their own; those are joined again.
 */
export function readGoBench(text: string): BenchmarkText {
  const results: BenchmarkResult[] = [];
  const failed: string[] = [];
  const skipped: string[] = [];
  const damaged: { line: number; reason: string }[] = [];
  let cpu: string | undefined;
  let pkg = '';
  let open: string | undefined;
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.replace(/\r$/, '');
    const config = configuration.exec(line);
    if (config !== null) {
      if (config[1] === 'pkg') pkg = config[2] ?? '';
      if (config[1] === 'cpu') cpu = config[2];
      continue;
    }
    const told = outcome.exec(line);
    if (told !== null) {
      (told[1] === 'FAIL' ? failed : skipped).push(told[2] ?? '');
      open = undefined;
      continue;
    }
    const named = resultStart.test(`${line} `);
    const [first = '', ...rest] = line.trim().split(/\s+/);
    const fields = named ? rest : [first, ...rest];
    const name = named ? first : open;
    if (name === undefined || !/^\d+$/.test(fields[0] ?? '') || fields.length < 3) {
      if (named) open = first;
      continue;
    }
    open = undefined;
    const read = readValues(fields);
    if (typeof read === 'string') damaged.push({ line: index + 1, reason: read });
    else results.push({ ...nameOf(name, pkg), ...read, line: index + 1 });
  }
  return { results, cpu, failed, skipped, damaged };
}

function nameOf(printed: string, pkg: string): { readonly name: string; readonly gomaxprocs: number } {
  const name = printed.replace(suffix, '');
  const gomaxprocs = Number(suffix.exec(printed)?.[1] ?? 1);
  return { name: pkg === '' ? name : `${pkg}.${name}`, gomaxprocs };
}

/** `N value unit value unit …`; a sentence when it is none. */
function readValues(fields: readonly string[]): Pick<BenchmarkResult, 'iterations' | 'values'> | string {
  const [count = '', ...pairs] = fields;
  if (pairs.length % 2 !== 0) return `a value without a unit: ${pairs.at(-1)}`;
  const values: Record<string, number> = {};
  for (let i = 0; i < pairs.length; i += 2) {
    const value = Number(pairs[i]);
    if (!Number.isFinite(value)) return `${pairs[i]} is no number`;
    values[pairs[i + 1] ?? ''] = value;
  }
  return { iterations: Number(count), values };
}
