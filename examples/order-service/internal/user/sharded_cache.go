package user

import "sync"

const shardCount = 64

type shard struct {
	mu    sync.RWMutex
	users map[int64]User
	_     [64]byte // keeps neighbours off one cache line
}

// ShardedCache spreads its keys over 64 locks.
type ShardedCache struct{ shards [shardCount]shard }

func NewShardedCache() *ShardedCache {
	c := &ShardedCache{}
	for i := range c.shards {
		c.shards[i].users = make(map[int64]User)
	}
	return c
}

func (c *ShardedCache) Get(id int64) (User, bool) {
	s := c.shardOf(id)
	s.mu.RLock()
	defer s.mu.RUnlock()
	u, ok := s.users[id]
	return u, ok
}

func (c *ShardedCache) Set(u User) {
	s := c.shardOf(u.ID)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users[u.ID] = u
}

func (c *ShardedCache) Evict(id int64) {
	s := c.shardOf(id)
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.users, id)
}

func (c *ShardedCache) shardOf(id int64) *shard { return &c.shards[uint64(id)%shardCount] }
