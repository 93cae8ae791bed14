// Writes an execution trace of the last seconds when a request was slow: what held the lock, before anybody asked.
package main

import (
	"log"
	"net/http"
	"os"
	"path/filepath"
	"runtime/trace"
	"sync/atomic"
	"time"
)

// stallRecorder keeps a trace in memory and writes it to dir after a request that took longer than limit. Needs Go 1.25.
type stallRecorder struct {
	recorder *trace.FlightRecorder
	dir      string
	limit    time.Duration
	notUntil atomic.Int64 // ns since 1970: no file before
}

func newStallRecorder(dir string, limit time.Duration) (*stallRecorder, error) {
	recorder := trace.NewFlightRecorder(trace.FlightRecorderConfig{
		MinAge:   5 * time.Second, // about twice the longest stall to look into
		MaxBytes: 64 << 20,        // the smaller of both counts: a busy service writes 10 MB a second
	})
	return &stallRecorder{recorder: recorder, dir: dir, limit: limit}, recorder.Start()
}

// observe is told what each request took. One file a minute at most.
func (s *stallRecorder) observe(took time.Duration) {
	now, notUntil := time.Now().UnixNano(), s.notUntil.Load()
	if took < s.limit || now < notUntil || !s.notUntil.CompareAndSwap(notUntil, now+int64(time.Minute)) {
		return
	}
	go func() {
		time.Sleep(250 * time.Millisecond) // the unlock that ends the stall shall be in it
		if err := s.write(time.Now().UTC().Format("20060102T150405.000Z") + ".trace"); err != nil {
			log.Print(err)
		}
	}()
}

func (s *stallRecorder) write(name string) error {
	path := filepath.Join(s.dir, name)
	file, err := os.Create(path + ".part")
	if err != nil {
		return err
	}
	_, err = s.recorder.WriteTo(file)
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(path+".part", path)
	}
	return err
}

func (s *stallRecorder) middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		defer func() { s.observe(time.Since(start)) }()
		next.ServeHTTP(w, r)
	})
}

func main() {
	recorder, err := newStallRecorder(".", 500*time.Millisecond)
	if err != nil {
		log.Print(err) // a service runs without its recorder
	}
	log.Fatal(http.ListenAndServe("127.0.0.1:8080", recorder.middleware(http.DefaultServeMux)))
}
