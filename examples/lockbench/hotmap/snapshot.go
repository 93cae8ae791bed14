package hotmap

import (
	"maps"
	"sync"
	"sync/atomic"
)

// Writes gathered before a snapshot is published.
const batch = 64

// SnapshotMap gathers writes and publishes a new snapshot after 64 of them, or when Publish is called: readers never
// wait, a copy is shared by many writes, and a read may be up to 63 writes old.
type SnapshotMap struct {
	mu       sync.Mutex // guards pending, and lets one goroutine publish at a time
	pending  []Rate
	snapshot atomic.Pointer[map[uint32]Rate]
}

func NewSnapshotMap(rates []Rate) *SnapshotMap {
	m := &SnapshotMap{pending: make([]Rate, 0, batch)}
	first := mapOf(rates)
	m.snapshot.Store(&first)
	return m
}

func (m *SnapshotMap) Get(key uint32) (Rate, bool) {
	rate, ok := (*m.snapshot.Load())[key]
	return rate, ok
}

func (m *SnapshotMap) Set(rate Rate) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.pending = append(m.pending, rate)
	if len(m.pending) == batch {
		m.publishLocked()
	}
}

// Publish makes every write so far visible to readers.
func (m *SnapshotMap) Publish() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.publishLocked()
}

func (m *SnapshotMap) publishLocked() {
	next := maps.Clone(*m.snapshot.Load())
	for _, rate := range m.pending {
		next[rate.Key] = rate
	}
	m.pending = m.pending[:0]
	m.snapshot.Store(&next)
}
