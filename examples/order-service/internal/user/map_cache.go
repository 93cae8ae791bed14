package user

import "sync"

// MapCache is a sync.Map whose keys come and go, which is what sync.Map is not made for.
type MapCache struct{ users sync.Map }

func NewMapCache() *MapCache { return &MapCache{} }

func (c *MapCache) Get(id int64) (User, bool) {
	value, ok := c.users.Load(id)
	if !ok {
		return User{}, false
	}
	return value.(User), true // Set stores nothing else
}

func (c *MapCache) Set(u User) { c.users.Store(u.ID, u) }

func (c *MapCache) Evict(id int64) { c.users.Delete(id) }
