package hotmap

import "sync"

// RWMutexMap lets readers in together; a waiting writer holds new readers back until it is done.
type RWMutexMap struct {
	mu    sync.RWMutex
	rates map[uint32]Rate
}

func NewRWMutexMap(rates []Rate) *RWMutexMap { return &RWMutexMap{rates: mapOf(rates)} }

func (m *RWMutexMap) Get(key uint32) (Rate, bool) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	rate, ok := m.rates[key]
	return rate, ok
}

func (m *RWMutexMap) Set(rate Rate) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.rates[rate.Key] = rate
}
