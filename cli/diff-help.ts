const shared = `
What the files cannot say, of both sides:
  --block-rate NS         runtime.SetBlockProfileRate
  --mutex-fraction N      runtime.SetMutexProfileFraction
  --go 1.23               the Go version
  --wrapper PATTERN       function to look through when finding a site; repeatable

How it decides (docs/regression.md):
  --gate-lock 25          least change of a lock that counts, percent
  --gate-cpu 10           of a function's CPU time
  --gate-time 5           of a benchmark's time per operation
  --stored                the base was measured at another time: no verdict above suspicious
`;

const output = `
Output:
  --top N                 rows in the table (20; 0 = all)
  --json                  one JSON document, lockscope/diff/v1
  --help
`;

/** What `lockscope diff --help` prints. */
export const diffHelp = `Usage: lockscope diff --base FILE… --head FILE… [options]

Says what got worse or better between two sets of runs: waiting for locks, CPU time, time per
operation, with statistics. Each pprof file is one run (block, mutex, CPU); the output of
go test -bench holds runs in order. A folder stands for the files in it. At least 8 runs a side
for a full answer, 5 for a suspicion.
${shared}${output}`;

/** What `lockscope ci compare --help` prints. */
export const ciCompareHelp = `Usage: lockscope ci compare --base FOLDER --head FOLDER [options]

Compares two folders of runs as lockscope ci run writes them, or any profiles as
lockscope diff takes them, and answers with the exit code that a CI job needs.

  --budget FILE           .lockscope.yml of the base branch: gates, budgets, what to ignore
  --gate                  exit 1 on a regression (also: mode: gate in the budget)
  --fail-inconclusive     exit 5 when it cannot be told
${shared}${output}`;
