package hotmap

import (
	"maps"
	"sync"
	"sync/atomic"
)

// CopyOnWriteMap copies the whole map at every write and publishes the copy: readers never wait and see each write
// at once, and a write costs as much as the map is large.
type CopyOnWriteMap struct {
	mu    sync.Mutex // one writer at a time
	rates atomic.Pointer[map[uint32]Rate]
}

func NewCopyOnWriteMap(rates []Rate) *CopyOnWriteMap {
	m := &CopyOnWriteMap{}
	first := mapOf(rates)
	m.rates.Store(&first)
	return m
}

func (m *CopyOnWriteMap) Get(key uint32) (Rate, bool) {
	rate, ok := (*m.rates.Load())[key]
	return rate, ok
}

func (m *CopyOnWriteMap) Set(rate Rate) {
	m.mu.Lock()
	defer m.mu.Unlock()
	next := maps.Clone(*m.rates.Load())
	next[rate.Key] = rate
	m.rates.Store(&next)
}
