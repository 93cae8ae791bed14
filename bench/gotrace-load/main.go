// gotrace-load writes an execution trace of about so many bytes: an HTTP server under keep-alive load from its own
// process, a read-write lock that every request reads and a reload holds, and a mutex behind a channel of work.
//
//	gotrace-load -bytes 40000000 FILE
package main

import (
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime/trace"
	"sync"
	"sync/atomic"
	"time"
)

const (
	clients = 64
	workers = 8
)

type settings struct {
	mu     sync.RWMutex
	values map[int]int
}

func (s *settings) get(key int) int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.values[key]
}

func (s *settings) reload() {
	s.mu.Lock()
	defer s.mu.Unlock()
	time.Sleep(5 * time.Millisecond)
	s.values[0]++
}

type ledger struct {
	mu  sync.Mutex
	sum int
}

func (l *ledger) add(amount int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i := 0; i < 2000; i++ {
		l.sum += amount
	}
}

// counter knows how much of the trace was written.
type counter struct {
	file    *os.File
	written atomic.Int64
}

func (c *counter) Write(bytes []byte) (int, error) {
	n, err := c.file.Write(bytes)
	c.written.Add(int64(n))
	return n, err
}

func main() {
	log.SetFlags(0)
	most := flag.Int64("bytes", 40_000_000, "length of the trace")
	flag.Parse()
	file, err := os.Create(flag.Arg(0))
	if err != nil {
		log.Fatal(err)
	}
	out := &counter{file: file}
	shared := &settings{values: map[int]int{}}
	book := &ledger{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		book.add(shared.get(1))
		io.WriteString(w, "ok")
	}))
	if err := trace.Start(out); err != nil {
		log.Fatal(err)
	}
	done := func() bool { return out.written.Load() >= *most }
	var all sync.WaitGroup
	run := func(work func()) {
		all.Add(1)
		go func() {
			defer all.Done()
			for !done() {
				work()
			}
		}()
	}
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients}}
	var failed atomic.Int64
	for i := 0; i < clients; i++ {
		run(func() {
			answer, err := client.Get(server.URL)
			if err != nil {
				failed.Add(1)
				return
			}
			io.Copy(io.Discard, answer.Body)
			answer.Body.Close()
		})
	}
	work := make(chan int)
	for i := 0; i < workers; i++ {
		go func() {
			for amount := range work {
				book.add(amount)
			}
		}()
	}
	run(func() {
		for i := 0; i < 100; i++ {
			work <- i
		}
		time.Sleep(time.Millisecond)
	})
	run(func() {
		shared.reload()
		time.Sleep(200 * time.Millisecond)
	})
	all.Wait()
	trace.Stop()
	if err := file.Close(); err != nil {
		log.Fatal(err)
	}
	if n := failed.Load(); n > 0 {
		log.Fatalf("%d requests failed", n)
	}
	fmt.Println(out.written.Load())
}
