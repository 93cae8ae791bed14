// Command regressionload is a closed loop of eight goroutines over four locks and three pieces of CPU work, recorded
// with all three profiles, one process a run. CHANGE names what this process does differently.
//
//	regressionload FOLDER OPS
//
// writes block.pb, mutex.pb and cpu.pb (plain pprof), and prints one line: start in ms since 1970, ops, seconds.
package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"strconv"
	"sync"
	"time"
)

const workers = 8

var change = os.Getenv("CHANGE")

// How long the journal's lock is held, in steps of spin, and the archive's.
var (
	journalHold = 400
	archiveHold = 200 * time.Microsecond
)

func main() {
	ops, err := strconv.Atoi(os.Args[2])
	check(err)
	runtime.GOMAXPROCS(4)
	runtime.SetBlockProfileRate(1)
	runtime.SetMutexProfileFraction(1)
	switch change {
	case "hold-x3":
		journalHold *= 3
	case "slow-io":
		archiveHold = 450 * time.Microsecond
	}
	service := newService()
	var cpu bytes.Buffer
	check(pprof.StartCPUProfile(&cpu))
	start := time.Now()
	var done sync.WaitGroup
	for worker := 0; worker < workers; worker++ {
		done.Add(1)
		go func(worker int) {
			defer done.Done()
			for op := 0; op < ops/workers; op++ {
				service.serve(worker, op)
			}
		}(worker)
	}
	done.Wait()
	seconds := time.Since(start).Seconds()
	pprof.StopCPUProfile()
	save("cpu.pb", cpu.Bytes())
	for _, name := range []string{"block", "mutex"} {
		var profile bytes.Buffer
		check(pprof.Lookup(name).WriteTo(&profile, 0))
		save(name+".pb", profile.Bytes())
	}
	fmt.Println(start.UnixMilli(), ops, seconds, service.sum())
}

// save unpacks, so that many runs can be packed together.
func save(name string, gzipped []byte) {
	reader, err := gzip.NewReader(bytes.NewReader(gzipped))
	check(err)
	plain, err := io.ReadAll(reader)
	check(err)
	check(os.WriteFile(filepath.Join(os.Args[1], name), plain, 0o644))
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
