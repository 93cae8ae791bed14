/** Which waits are called idle, wherever they are listed; the rules are in docs/semantics.md#idle. */
export const idleRule =
  'Counted, but not ranked: goroutines that wait for work at their root, loops of one goroutine a pod that waits nearly all the time for a second or longer, profilers, and what the configuration names. A send or a lock of the program never is.';
