/** What `lockscope top --help` prints. */
export const topHelp = `Usage: lockscope top PATH... [options]
       lockscope top --server URL --service NAME [options]

Lists the locks that goroutines wait for, and the code that holds them, from block and mutex
profiles of one process (files or folders), or from a server's stored data.

What the files cannot say:
  --block-rate NS         rate given to SetBlockProfileRate
  --mutex-fraction N      fraction given to SetMutexProfileFraction
  --go VERSION            Go version of the program, 1.23 or go1.23.5
  --window SECONDS        length of a profile that tells none (one cumulative profile alone)
  --block FILE...         these files are block profiles (empty or unsymbolised ones do not tell)
  --mutex FILE...         these files are mutex profiles
  --delta | --cumulative  how to read profiles (default: those with a duration are deltas)
  --wrapper PATTERN       function to look through when finding a site; repeatable
  --idle-function PATTERN function whose waits are idle; repeatable

From a server:
  --server URL            or LOCKSCOPE_URL
  --token TOKEN           or LOCKSCOPE_TOKEN
  --service NAME          --from now-1h --to now
  --build NAME --pod NAME --label NAME=VALUE     repeatable

Output:
  --idle                  list idle waits too
  --limit N               locks in the table (default 10, 0 = all)
  --json                  one JSON document, lockscope/top/v1
  --help
`;
