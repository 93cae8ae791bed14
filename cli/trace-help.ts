/** What `lockscope trace --help` prints. */
export const traceHelp = `Usage: lockscope trace FILE [options]

Lists the locks that goroutines waited for in a Go execution trace (Go 1.22 or newer), how long
exactly, who held them and what the holder did meanwhile.

  --lock NAME             this lock only: its id, or a part of its name
  --top N                 locks and convoys at most (table: 10, JSON: all; 0 = all)
  --from S --to S         waits that begin in this part only, in seconds since the trace's start
  --wrapper PATTERN       function to look through when finding a site; repeatable

What one slow request waited for, moment by moment (its critical path):
  --task ID               a user task (runtime/trace.NewTask)
  --region NAME           the longest user region of that name
  --goroutine ID          a goroutine; --from and --to cut its time

Output:
  --events                the ordered events instead, one a line: header, stack of the goroutine
                          that changes, stack of the code that ran, between tabs
  --json                  one JSON document, lockscope/trace/v1
  --help
`;
