package truth

import (
	"context"
	"encoding/json"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

const windowLength = 10 * time.Second

// Recorder is fed by the orders and writes the document once a window.
type Recorder struct {
	Latency   Histogram
	GetConfig Waits
	Publish   Waits
	Calls     Calls // of GetConfig

	inFlight, maxInFlight atomic.Int64

	mu       sync.Mutex // guards document against the reloader
	document Document
	start    reading
	last     reading
}

// reading is every counter at one moment, all since the process began.
type reading struct {
	at                 time.Time
	latency            *Counts
	getConfig, publish WaitCounts
}

// NewRecorder keeps single calls in a file of their own, if one is named.
func NewRecorder(document Document, calls string) (*Recorder, error) {
	r := &Recorder{document: document}
	if err := r.Calls.keepIn(calls); err != nil {
		return nil, err
	}
	r.start = reading{at: time.Now(), latency: &Counts{}}
	r.last = r.start
	return r, nil
}

// OrderBegins returns what to call when the order ends.
func (r *Recorder) OrderBegins() (ends func()) {
	began := time.Now()
	raise(&r.maxInFlight, r.inFlight.Add(1))
	return func() {
		r.inFlight.Add(-1)
		r.Latency.Observe(time.Since(began))
	}
}

func (r *Recorder) Reloaded(reload Reload) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.document.Reloads = append(r.document.Reloads, reload)
}

// Run closes a window at every full ten seconds of the clock and writes file each time, so a kill costs one window.
// When ctx ends it closes the last, shorter window. Without a file it only counts.
func (r *Recorder) Run(ctx context.Context, file string) error {
	for {
		next := time.Now().Truncate(windowLength).Add(windowLength)
		select {
		case <-time.After(time.Until(next)):
		case <-ctx.Done():
			return r.write(file)
		}
		if err := r.write(file); err != nil {
			return err
		}
	}
}

func (r *Recorder) write(file string) error {
	document := r.closeWindow()
	if err := r.Calls.flush(); err != nil {
		return err
	}
	if file == "" {
		return nil
	}
	text, err := json.MarshalIndent(document, "", " ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(file+".part", text, 0o644); err != nil {
		return err
	}
	return os.Rename(file+".part", file) // readers see a whole document or the one before
}

func (r *Recorder) closeWindow() Document {
	latency, longest := r.Latency.Take()
	now := reading{time.Now(), latency, r.GetConfig.take(), r.Publish.take()}
	window := now.since(r.last, longest)
	window.MaxInFlight = r.maxInFlight.Swap(r.inFlight.Load())
	r.last = now

	r.mu.Lock()
	defer r.mu.Unlock()
	seen := r.document.Total
	total := now.since(r.start, longest)
	total.Requests.Max = max(total.Requests.Max, seen.Requests.Max)
	total.GetConfig.Max = max(total.GetConfig.Max, seen.GetConfig.Max)
	total.Publish.Max = max(total.Publish.Max, seen.Publish.Max)
	total.MaxInFlight = max(window.MaxInFlight, seen.MaxInFlight)
	r.document.Total = total
	r.document.Windows = append(r.document.Windows, window)
	return r.document
}

func (r reading) since(base reading, longest time.Duration) Window {
	counts := r.latency.Since(base.latency)
	return Window{
		Start: base.at.UTC(),
		End:   r.at.UTC(),
		Requests: Latency{
			N:   counts.N(),
			P50: milliseconds(counts.Quantile(0.5)),
			P99: milliseconds(counts.Quantile(0.99)),
			Max: milliseconds(longest),
		},
		GetConfig: r.getConfig.since(base.getConfig),
		Publish:   r.publish.since(base.publish),
	}
}
