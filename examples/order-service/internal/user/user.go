// Package user caches buyers: MapCache is one sync.Map under a moving key set, ShardedCache its fix.
package user

type User struct {
	ID   int64
	Tier int
}
