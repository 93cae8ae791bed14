/** What `lockscope pgo --help` prints. */
export const pgoHelp = `Usage: lockscope pgo PATH… [options]
       lockscope pgo --server URL --service NAME [options]

Merges CPU profiles into one for profile-guided optimisation: put it beside a main package as
default.pgo, and go build uses it. It holds the calls that Go looks at and nothing else, and the
same profiles always give the same bytes.

  -o, --output FILE       where to write it (default.pgo)

From what a server has stored:
  --server URL            or LOCKSCOPE_URL
  --token TOKEN           or LOCKSCOPE_TOKEN
  --service NAME
  --from T --to T         ISO time, epoch seconds, or now-1h
  --build B --pod P --label K=V   of these only; repeatable

Output:
  --json                  one JSON document about the file, lockscope/pgo/v1
  --help
`;
