// Package app is the order service itself: its options, its orders, its load.
package app

import (
	"flag"
	"time"
)

const ServiceName = "order-service"

// Options are the flags that both commands share.
type Options struct {
	Pod, Build    string
	Fixed         bool
	RPS           int
	Hold          time.Duration
	Reload        time.Duration
	Phase         time.Duration
	Duration      time.Duration
	Leaks         int
	Listen        string
	BlockRate     int
	MutexFraction int
	Truth         string
	TruthCalls    string
	FlightAge     time.Duration
	FlightBytes   uint64

	set map[string]string // flags given, for the truth
}

// ParseFlags reads the command line into o and whatever else was registered on fs.
func (o *Options) ParseFlags(fs *flag.FlagSet, args []string) error {
	fs.StringVar(&o.Pod, "pod", "order-0", "name of this pod")
	fs.StringVar(&o.Build, "build", "1.42.0", "name of this build")
	fs.BoolVar(&o.Fixed, "fixed", false, "run the repaired code")
	fs.IntVar(&o.RPS, "rps", 120, "orders a second, whatever they take")
	fs.DurationVar(&o.Hold, "hold", 2300*time.Millisecond, "what the database takes for one configuration")
	fs.DurationVar(&o.Reload, "reload", 2*time.Minute, "period of the reload, on the clock")
	fs.DurationVar(&o.Phase, "phase", 0, "how long after the full period this pod reloads")
	fs.DurationVar(&o.Duration, "duration", 0, "when to stop; 0: at SIGTERM")
	fs.IntVar(&o.Leaks, "leaks", 2000, "goroutines leaked at most, one for 50 orders")
	fs.StringVar(&o.Listen, "listen", o.Listen, "address of /debug/pprof; empty: none")
	fs.IntVar(&o.BlockRate, "block-rate", 10_000, "block profile: one sample for so many ns blocked")
	fs.IntVar(&o.MutexFraction, "mutex-fraction", 1, "mutex profile: one sample for so many events")
	fs.StringVar(&o.Truth, "truth", "", "file for what the service measured about itself")
	fs.StringVar(&o.TruthCalls, "truth-calls", "", "file for each call of GetConfig, in ns of the execution trace's clock")
	fs.DurationVar(&o.FlightAge, "flight-recorder", 0, "keep an execution trace of at least so long for "+flightPath+"; 0: none")
	fs.Uint64Var(&o.FlightBytes, "flight-recorder-bytes", 64<<20, "what the flight recorder keeps at most, about")
	if err := fs.Parse(args); err != nil {
		return err
	}
	o.set = map[string]string{}
	fs.Visit(func(f *flag.Flag) { o.set[f.Name] = f.Value.String() })
	delete(o.set, "truth") // a path says nothing about the run
	delete(o.set, "truth-calls")
	return nil
}
