// Readers wait for a slow writer: something to look at when a service has no traffic yet.
package main

import (
	"log"
	"net/http"
	_ "net/http/pprof"
	"runtime"
	"sync"
	"time"
)

type settings struct {
	mu    sync.RWMutex
	value int
}

func (s *settings) read() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.value
}

func (s *settings) reload() {
	s.mu.Lock()
	defer s.mu.Unlock()
	time.Sleep(300 * time.Millisecond) // a query under the lock
	s.value++
}

func main() {
	runtime.SetBlockProfileRate(1_000_000)
	runtime.SetMutexProfileFraction(1)
	var shared settings
	for range 20 {
		go func() {
			for {
				shared.read()
				time.Sleep(5 * time.Millisecond)
			}
		}()
	}
	go func() {
		for {
			time.Sleep(3 * time.Second)
			shared.reload()
		}
	}()
	log.Fatal(http.ListenAndServe("127.0.0.1:6060", nil))
}
