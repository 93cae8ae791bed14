import { parseArgs } from 'node:util';
import { LockscopeError } from '@/lib/errors';

export const ciRunHelp = `Usage: lockscope ci run [options]

Measures the benchmarks of a Go module before and after a change, in turn, on this machine, and
says what waits, computes or takes longer. Run it in the module's folder. The base is the merge base
with the target branch, checked out beside; the head is the working tree. Of each benchmark and side,
every run is two processes: one without profiles for ns/op, one with block, mutex and CPU profiles.

What is measured:
  --suite NAME            of .lockscope.yml (the first one); without a file: every benchmark
  --bench REGEXP          as go test -bench takes it, in place of the suite's
  --package PATTERN       Go packages, repeatable, in place of the suite's
  --all                   also packages that the change does not reach
  --base REF              what to compare with (in CI the target branch, else origin/HEAD)
  --head REF              a commit in place of the working tree

How:
  --runs N                runs of each side (10); 8 are the least for a full answer
  --benchtime 1s          length of a run on the base, or 20000x operations
  --cpu N                 GOMAXPROCS of the benchmarks
  --no-second-look        no further runs when the first look is suspicious

What becomes of it:
  --out FOLDER            keep the runs: base/, head/, meta.json, for ci compare
  --gate                  exit 1 on a regression (also: mode: gate in the base's .lockscope.yml)
  --fail-inconclusive     exit 5 when it cannot be told
  --top N                 rows in the table (20; 0 = all)
  --json                  one JSON document, lockscope/diff/v1
  --help
`;

export interface CiRunOptions {
  readonly help: boolean;
  readonly json: boolean;
  /** Rows in the table; 0 = all. */
  readonly top: number;
  /** undefined = not said: the budget file decides. */
  readonly suite: string | undefined;
  readonly bench: string | undefined;
  readonly packages: readonly string[];
  readonly all: boolean;
  readonly base: string | undefined;
  readonly head: string | undefined;
  readonly runs: number | undefined;
  readonly benchtime: string | undefined;
  readonly gomaxprocs: number | undefined;
  readonly secondLook: boolean;
  readonly out: string | undefined;
  readonly gate: boolean;
  readonly failInconclusive: boolean;
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const shownRows = 20;

/** Reads the arguments of `lockscope ci run`. Throws `cli.usage`, or what `node:util` throws. */
export function parseCiRunOptions(args: string[]): CiRunOptions {
  const { values } = parseArgs({
    args,
    options: {
      ...{ suite: text, bench: text, base: text, head: text, runs: text, benchtime: text, cpu: text, out: text },
      ...{ top: text, package: { type: 'string', multiple: true } },
      ...{ all: flag, 'no-second-look': flag, gate: flag, 'fail-inconclusive': flag, json: flag },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.benchtime !== undefined && !/^\d+(\.\d+)?(x|ms|s)$/.test(values.benchtime))
    throw usage(`--benchtime ${values.benchtime}: expected 1s, 500ms or 20000x`);
  return {
    help: values.help === true,
    json: values.json === true,
    top: wholeNumber('top', values.top, 0) ?? shownRows,
    suite: values.suite,
    bench: values.bench,
    packages: values.package ?? [],
    all: values.all === true,
    base: values.base,
    head: values.head,
    runs: wholeNumber('runs', values.runs, 1),
    benchtime: values.benchtime,
    gomaxprocs: wholeNumber('cpu', values.cpu, 1),
    secondLook: values['no-second-look'] !== true,
    out: values.out,
    gate: values.gate === true,
    failInconclusive: values['fail-inconclusive'] === true,
  };
}

function wholeNumber(name: string, value: string | undefined, least: number): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d{1,5}$/.test(value) || Number(value) < least)
    throw usage(`--${name} ${value}: expected a whole number of at least ${least}`);
  return Number(value);
}

function usage(message: string): LockscopeError {
  return new LockscopeError('cli.usage', `${message} (lockscope ci run --help)`);
}
