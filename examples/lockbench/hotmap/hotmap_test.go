package hotmap

import (
	"sync"
	"testing"
)

const keys = 512

func firstRates() []Rate {
	rates := make([]Rate, keys)
	for i := range rates {
		rates[i] = Rate{Key: uint32(i), Cents: int64(i)}
	}
	return rates
}

// publish makes the writes of a map that gathers them visible.
func publish(m Map) {
	if gathering, ok := m.(interface{ Publish() }); ok {
		gathering.Publish()
	}
}

func TestHoldsWhatItWasMadeOf(t *testing.T) {
	for _, structure := range Structures() {
		m := structure.New(firstRates())
		for key := uint32(0); key < keys; key++ {
			if rate, ok := m.Get(key); !ok || rate.Cents != int64(key) || rate.Key != key {
				t.Errorf("%s: Get(%d) = %v, %v", structure.Name, key, rate, ok)
			}
		}
		if rate, ok := m.Get(keys); ok {
			t.Errorf("%s: Get of a key never set = %v", structure.Name, rate)
		}
	}
}

func TestTheLastWriteWins(t *testing.T) {
	for _, structure := range Structures() {
		m := structure.New(firstRates())
		for round := int64(1); round <= 3; round++ {
			m.Set(Rate{Key: 7, Cents: 100 * round})
		}
		m.Set(Rate{Key: keys, Cents: 1})
		publish(m)
		if rate, _ := m.Get(7); rate.Cents != 300 {
			t.Errorf("%s: Get(7) = %v, want 300 cents", structure.Name, rate)
		}
		if _, ok := m.Get(keys); !ok {
			t.Errorf("%s: a new key is not there", structure.Name)
		}
	}
}

func TestASnapshotIsPublishedAfterABatch(t *testing.T) {
	m := NewSnapshotMap(firstRates())
	for i := 0; i < batch-1; i++ {
		m.Set(Rate{Key: 1, Cents: 1000})
	}
	if rate, _ := m.Get(1); rate.Cents != 1 {
		t.Errorf("before the batch is full: %v", rate)
	}
	m.Set(Rate{Key: 1, Cents: 2000})
	if rate, _ := m.Get(1); rate.Cents != 2000 {
		t.Errorf("after the batch: %v", rate)
	}
}

// Each writer owns its keys and only raises their values: a read may be late, but never goes back.
func TestReadersSeeEachKeyGrow(t *testing.T) {
	const writers, rounds = 4, 400
	for _, structure := range Structures() {
		m := structure.New(firstRates())
		var wg sync.WaitGroup
		for w := 0; w < writers; w++ {
			wg.Add(2)
			go func() {
				defer wg.Done()
				for round := int64(1); round <= rounds; round++ {
					m.Set(Rate{Key: uint32(w), Cents: keys + round})
				}
			}()
			go func() {
				defer wg.Done()
				last := int64(0)
				for i := 0; i < rounds; i++ {
					rate, ok := m.Get(uint32(w))
					if !ok || rate.Cents < last {
						t.Errorf("%s: key %d went from %d to %d", structure.Name, w, last, rate.Cents)
						return
					}
					last = rate.Cents
				}
			}()
		}
		wg.Wait()
		publish(m)
		for w := uint32(0); w < writers; w++ {
			if rate, _ := m.Get(w); rate.Cents != keys+rounds {
				t.Errorf("%s: key %d ends at %d", structure.Name, w, rate.Cents)
			}
		}
	}
}
