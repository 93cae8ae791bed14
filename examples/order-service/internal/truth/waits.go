package truth

import (
	"sync/atomic"
	"time"
)

// waitFloor parts a wait from the time a free lock and the scheduler take.
const waitFloor = time.Millisecond

// Waits counts how long callers stood at one place, measured around the call.
type Waits struct {
	calls, waits, waited atomic.Int64
	longest              atomic.Int64 // since the last take
}

// WaitCounts are calls that took over 1 ms, and their summed time.
type WaitCounts struct {
	Calls  int64   `json:"calls"`
	Waits  int64   `json:"waitsOver1ms"`
	Waited float64 `json:"waitedSeconds"`
	Max    float64 `json:"maxMs"`
}

func (w *Waits) Observe(d time.Duration) {
	w.calls.Add(1)
	raise(&w.longest, int64(d))
	if d > waitFloor {
		w.waits.Add(1)
		w.waited.Add(int64(d))
	}
}

// take returns all counts so far; Max is that since the last take.
func (w *Waits) take() WaitCounts {
	return WaitCounts{
		Calls:  w.calls.Load(),
		Waits:  w.waits.Load(),
		Waited: time.Duration(w.waited.Load()).Seconds(),
		Max:    milliseconds(time.Duration(w.longest.Swap(0))),
	}
}

func (c WaitCounts) since(base WaitCounts) WaitCounts {
	return WaitCounts{Calls: c.Calls - base.Calls, Waits: c.Waits - base.Waits, Waited: c.Waited - base.Waited, Max: c.Max}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
