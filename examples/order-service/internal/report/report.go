// Package report uploads a report beside the order.
package report

import (
	"sync/atomic"
	"time"
)

const uploadTime = 5 * time.Millisecond

// Service leaks one goroutine a report, up to a limit.
type Service struct {
	limit  int64
	leaked atomic.Int64
}

// New returns a service that leaks at most limit goroutines; 0 is the fixed version.
func New(limit int) *Service { return &Service{limit: int64(limit)} }

// Generate does not wait for the upload.
func (s *Service) Generate() {
	if s.leaked.Load() < s.limit {
		s.leaked.Add(1)
		go uploadToS3(make(chan error)) // nobody receives: blocked in chan send for ever
		return
	}
	go uploadToS3(make(chan error, 1))
}

func uploadToS3(done chan<- error) {
	time.Sleep(uploadTime)
	done <- nil
}
