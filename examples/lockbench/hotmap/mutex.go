package hotmap

import "sync"

// MutexMap guards the map with one lock that readers, too, take in turn.
type MutexMap struct {
	mu    sync.Mutex
	rates map[uint32]Rate
}

func NewMutexMap(rates []Rate) *MutexMap { return &MutexMap{rates: mapOf(rates)} }

func (m *MutexMap) Get(key uint32) (Rate, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	rate, ok := m.rates[key]
	return rate, ok
}

func (m *MutexMap) Set(rate Rate) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.rates[rate.Key] = rate
}
