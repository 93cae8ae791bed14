package truth

import (
	"math/bits"
	"sync/atomic"
	"time"
)

const (
	subBits     = 5 // 32 buckets an octave: a percentile reads at most 3 % too high
	subCount    = 1 << subBits
	bucketCount = (64 - subBits) * subCount
)

// Histogram counts durations without a lock, so that measuring leaves no trace in the lock profiles.
type Histogram struct {
	counts [bucketCount]atomic.Int64
	max    atomic.Int64 // since the last Take
}

// Counts is a Histogram at one moment; the difference of two is a window.
type Counts [bucketCount]int64

func (h *Histogram) Observe(d time.Duration) {
	d = max(d, 0)
	h.counts[bucketOf(d)].Add(1)
	raise(&h.max, int64(d))
}

// Take returns all counts so far and the longest duration since the last Take.
func (h *Histogram) Take() (*Counts, time.Duration) {
	var c Counts
	for i := range h.counts {
		c[i] = h.counts[i].Load()
	}
	return &c, time.Duration(h.max.Swap(0))
}

// Since returns what was counted after base.
func (c *Counts) Since(base *Counts) *Counts {
	var difference Counts
	for i := range c {
		difference[i] = c[i] - base[i]
	}
	return &difference
}

func (c *Counts) N() (n int64) {
	for _, count := range c {
		n += count
	}
	return n
}

// Quantile returns the upper end of the bucket that holds the q-th of the sorted durations; 0 if there are none.
func (c *Counts) Quantile(q float64) time.Duration {
	left := int64(q*float64(c.N()) + 0.999999)
	for i, count := range c {
		left -= count
		if count > 0 && left <= 0 {
			return upperEnd(i)
		}
	}
	return 0
}

func bucketOf(d time.Duration) int {
	n := uint64(d)
	if n < subCount {
		return int(n)
	}
	shift := bits.Len64(n) - subBits - 1
	return shift*subCount + int(n>>shift)
}

func upperEnd(bucket int) time.Duration {
	if bucket < subCount {
		return time.Duration(bucket)
	}
	shift := bucket/subCount - 1
	return time.Duration((bucket%subCount+subCount+1)<<shift - 1)
}

func raise(to *atomic.Int64, value int64) {
	for {
		seen := to.Load()
		if value <= seen || to.CompareAndSwap(seen, value) {
			return
		}
	}
}
