// Package hotmap holds one small map that every request reads, in six ways.
package hotmap

// Rate is what a key stands for: a price list entry, a route, a feature flag.
type Rate struct {
	Key   uint32
	Cents int64
}

// Map is a hot map. All implementations here may be used by any number of goroutines at once.
type Map interface {
	// Get answers with the value of a key; false when it has none.
	Get(key uint32) (Rate, bool)
	// Set stores a value under its key.
	Set(rate Rate)
}

// Structure is one way to hold the map.
type Structure struct {
	Name string
	// New makes a map that holds rates, each under its key.
	New func(rates []Rate) Map
}

// Structures lists the six, those with one lock first.
func Structures() []Structure {
	return []Structure{
		{"Mutex", func(rates []Rate) Map { return NewMutexMap(rates) }},
		{"RWMutex", func(rates []Rate) Map { return NewRWMutexMap(rates) }},
		{"Sharded", func(rates []Rate) Map { return NewShardedMap(rates) }},
		{"SyncMap", func(rates []Rate) Map { return NewSyncMap(rates) }},
		{"CopyOnWrite", func(rates []Rate) Map { return NewCopyOnWriteMap(rates) }},
		{"Snapshot", func(rates []Rate) Map { return NewSnapshotMap(rates) }},
	}
}

func mapOf(rates []Rate) map[uint32]Rate {
	byKey := make(map[uint32]Rate, len(rates))
	for _, rate := range rates {
		byKey[rate.Key] = rate
	}
	return byKey
}
