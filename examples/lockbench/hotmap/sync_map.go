package hotmap

import "sync"

// SyncMap is the standard library's: reads take no lock, values are boxed.
type SyncMap struct{ rates sync.Map }

func NewSyncMap(rates []Rate) *SyncMap {
	m := &SyncMap{}
	for _, rate := range rates {
		m.Set(rate)
	}
	return m
}

func (m *SyncMap) Get(key uint32) (Rate, bool) {
	value, ok := m.rates.Load(key)
	if !ok {
		return Rate{}, false
	}
	return value.(Rate), true
}

func (m *SyncMap) Set(rate Rate) { m.rates.Store(rate.Key, rate) }
