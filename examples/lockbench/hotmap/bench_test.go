package hotmap

import (
	"fmt"
	"sync/atomic"
	"testing"
)

// As a server under load has many more requests than processors.
const goroutinesPerProcessor = 8

// BenchmarkMap: each operation looks up (or, at the write share, sets) one of 512 keys and then prices an order with
// the value, outside of any lock.
func BenchmarkMap(b *testing.B) {
	for _, structure := range Structures() {
		for _, writes := range []uint64{0, 1, 10, 50} {
			b.Run(fmt.Sprintf("%s/writes=%d", structure.Name, writes), func(b *testing.B) {
				run(b, structure.New(firstRates()), writes)
			})
		}
	}
}

func run(b *testing.B, m Map, writePercent uint64) {
	var seed, total atomic.Uint64
	b.SetParallelism(goroutinesPerProcessor)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		random := seed.Add(0x9e3779b97f4a7c15) // another sequence for each goroutine, the same ones in every run
		sum := uint64(0)
		for pb.Next() {
			random = next(random)
			key := uint32(random>>32) % keys
			rate := Rate{Key: key, Cents: int64(random % 10_000)}
			if random%100 < writePercent {
				m.Set(rate)
			} else if rate, _ = m.Get(key); rate.Key != key {
				b.Errorf("key %d is gone", key)
				return
			}
			sum += price(rate, random)
		}
		total.Add(sum) // keeps the compiler from leaving price out
	})
}

// next is a step of xorshift64.
func next(x uint64) uint64 {
	x ^= x << 13
	x ^= x >> 7
	x ^= x << 17
	return x
}

// price stands for what a request does with the value: some 100 ns of arithmetic.
//
//go:noinline
func price(rate Rate, order uint64) uint64 {
	sum := uint64(rate.Cents)
	for i := uint64(0); i < 64; i++ {
		sum = sum*31 + order>>(i%32)
	}
	return sum
}
