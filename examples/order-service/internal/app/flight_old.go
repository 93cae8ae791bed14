//go:build !go1.25

package app

import (
	"fmt"
	"runtime"
	"time"
)

func startFlightRecorder(time.Duration, uint64) (flightRecorder, error) {
	return nil, fmt.Errorf("this service was built with %s: the flight recorder needs Go 1.25", runtime.Version())
}
