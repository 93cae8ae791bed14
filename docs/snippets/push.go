// Pushes profiles with the Pyroscope client.
package main

import (
	"log"
	"os"
	"runtime"

	"github.com/grafana/pyroscope-go"
)

func main() {
	// In ns: every wait of 1 ms or longer, a fair sample of shorter ones.
	runtime.SetBlockProfileRate(1_000_000)
	// Every release; 10 is cheaper, but then single long holds get lost.
	runtime.SetMutexProfileFraction(1)

	host, _ := os.Hostname()
	_, err := pyroscope.Start(pyroscope.Config{
		ApplicationName: "order-service",
		ServerAddress:   "http://127.0.0.1:4040",
		Tags: map[string]string{
			"pod":     host,
			"version": "1.42.0",
			// No profile carries the two rates, so these tags do.
			"block_rate":     "1000000",
			"mutex_fraction": "1",
		},
		ProfileTypes: []pyroscope.ProfileType{
			pyroscope.ProfileCPU,
			pyroscope.ProfileInuseObjects, pyroscope.ProfileInuseSpace,
			pyroscope.ProfileGoroutines,
			pyroscope.ProfileMutexCount, pyroscope.ProfileMutexDuration,
			pyroscope.ProfileBlockCount, pyroscope.ProfileBlockDuration,
		},
	})
	if err != nil {
		log.Print(err) // a service runs without its profiler
	}
	select {} // your program
}
