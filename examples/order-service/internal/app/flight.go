package app

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"
)

// flightPath answers with the flight recorder's snapshot: an execution trace of the last seconds, up to now.
const flightPath = "/debug/lockscope/flightrecorder"

// lookBackHeader tells how far back a snapshot reaches at least, in ms, unless the recorder's bytes run out before.
const lookBackHeader = "X-Lockscope-Lookback-Ms"

// flightRecorder is runtime/trace's, which Go has since 1.25.
type flightRecorder interface {
	WriteTo(io.Writer) (int64, error)
	Stop()
}

// flight serves snapshots, one at a time.
type flight struct {
	recorder flightRecorder
	lookBack time.Duration
	why      string // there is no recorder
	writing  atomic.Bool
}

// startFlight starts a recorder that keeps at least minAge, but about maxBytes at most; 0 is off. A service runs
// without its recorder, so what prevents one is only logged.
func startFlight(minAge time.Duration, maxBytes uint64) *flight {
	if minAge <= 0 {
		return &flight{why: "the flight recorder is off: start with -flight-recorder 10s"}
	}
	recorder, err := startFlightRecorder(minAge, maxBytes)
	if err != nil {
		log.Print(err)
		return &flight{why: err.Error()}
	}
	return &flight{recorder: recorder, lookBack: minAge}
}

func (f *flight) stop() {
	if f.recorder != nil {
		f.recorder.Stop()
	}
}

func (f *flight) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if f.recorder == nil {
		http.Error(w, f.why, http.StatusServiceUnavailable)
		return
	}
	if !f.writing.CompareAndSwap(false, true) {
		http.Error(w, "a snapshot is being written; ask again when it is done", http.StatusConflict)
		return
	}
	var snapshot bytes.Buffer // a slow client does not keep the next one waiting
	_, err := f.recorder.WriteTo(&snapshot)
	f.writing.Store(false)
	if err != nil {
		http.Error(w, fmt.Sprintf("no snapshot: %v", err), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set(lookBackHeader, strconv.FormatInt(f.lookBack.Milliseconds(), 10))
	w.Header().Set("Content-Disposition", `attachment; filename="flight.trace"`)
	w.Write(snapshot.Bytes()) // a client that left needs no answer
}
