package hotmap

import "sync"

// A power of two: the shard of a key is its hash's top bits.
const shardBits = 5

type shard struct {
	mu    sync.RWMutex
	rates map[uint32]Rate
	_     [64]byte // keeps neighbours off one cache line
}

// ShardedMap spreads the keys over 32 maps with a lock each.
type ShardedMap struct{ shards [1 << shardBits]shard }

func NewShardedMap(rates []Rate) *ShardedMap {
	m := &ShardedMap{}
	for i := range m.shards {
		m.shards[i].rates = make(map[uint32]Rate)
	}
	for _, rate := range rates {
		m.Set(rate)
	}
	return m
}

func (m *ShardedMap) Get(key uint32) (Rate, bool) {
	s := m.shardOf(key)
	s.mu.RLock()
	defer s.mu.RUnlock()
	rate, ok := s.rates[key]
	return rate, ok
}

func (m *ShardedMap) Set(rate Rate) {
	s := m.shardOf(rate.Key)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rates[rate.Key] = rate
}

// Multiplication by 2^32 over the golden ratio spreads neighbouring keys (Knuth, TAOCP 6.4).
func (m *ShardedMap) shardOf(key uint32) *shard { return &m.shards[key*2654435769>>(32-shardBits)] }
