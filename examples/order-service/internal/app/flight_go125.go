//go:build go1.25

package app

import (
	"fmt"
	"runtime/trace"
	"time"
)

func startFlightRecorder(minAge time.Duration, maxBytes uint64) (flightRecorder, error) {
	recorder := trace.NewFlightRecorder(trace.FlightRecorderConfig{MinAge: minAge, MaxBytes: maxBytes})
	if err := recorder.Start(); err != nil {
		return nil, fmt.Errorf("the flight recorder does not start: %w", err)
	}
	return recorder, nil
}
