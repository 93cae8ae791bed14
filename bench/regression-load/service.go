package main

import (
	"sync"
	"time"
)

// service is what every goroutine calls: a cache all want, counters, a journal, an archive
// on a disk, a table that is mostly read.
type service struct {
	cache    cache
	counters counters
	journal  journal
	limits   limits
	archive  archive
	audit    audit
}

func newService() *service {
	s := &service{}
	s.cache.entries = make(map[int]uint64)
	s.limits.byUser = make(map[int]int)
	return s
}

// serve waits for its caller between batches of work: a closed loop without that is a machine without an idle moment.
func (s *service) serve(worker, op int) {
	if op%16 == 0 {
		time.Sleep(200 * time.Microsecond)
	}
	key := (op*7 + worker) % 512
	value := encode(key)
	s.cache.put(key, value)
	s.counters.add(worker, hash(value))
	if op%8 == 0 {
		s.journal.append(value)
	}
	if op%512 == 0 {
		s.archive.flush(value)
	}
	if op%64 == 0 {
		s.limits.set(worker, op)
	}
	if s.limits.of(worker) < 0 {
		s.counters.add(worker, render(value))
	}
	s.counters.add(worker, render(value))
	if change == "new-lock" && op%4 == 0 {
		s.audit.note(value)
	}
}

func (s *service) sum() uint64 { return s.counters.total + s.journal.last + s.audit.seen }

type cache struct {
	mu      sync.Mutex
	entries map[int]uint64
}

func (c *cache) put(key int, value uint64) {
	c.mu.Lock()
	c.entries[key] = value
	spin(40)
	c.mu.Unlock()
}

type counters struct {
	mu        sync.Mutex
	perWorker [workers]uint64
	total     uint64
}

func (c *counters) add(worker int, amount uint64) {
	c.mu.Lock()
	c.perWorker[worker] += amount
	c.total += amount
	c.mu.Unlock()
}

// journal is the lock that is rarely taken and held for long.
type journal struct {
	mu   sync.Mutex
	last uint64
}

func (j *journal) append(value uint64) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.last = j.last*31 + value
	spin(journalHold)
}

// archive is the lock that is held while a disk is waited for.
type archive struct {
	mu    sync.Mutex
	files uint64
}

func (a *archive) flush(value uint64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.files++
	time.Sleep(archiveHold)
}

type limits struct {
	mu     sync.RWMutex
	byUser map[int]int
}

func (l *limits) of(user int) int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.byUser[user]
}

func (l *limits) set(user, limit int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.byUser[user] = limit
	spin(200)
}

// audit is the lock that only the change has.
type audit struct {
	mu   sync.Mutex
	seen uint64
}

func (a *audit) note(value uint64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.seen += value
	spin(150)
}
