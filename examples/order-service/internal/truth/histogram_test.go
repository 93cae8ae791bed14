package truth

import (
	"testing"
	"time"
)

func TestQuantileIsAtMostThreePercentTooHigh(t *testing.T) {
	var h Histogram
	for i := 1; i <= 1000; i++ {
		h.Observe(time.Duration(i) * time.Millisecond)
	}
	counts, longest := h.Take()
	if longest != time.Second {
		t.Errorf("longest is %v, want 1s", longest)
	}
	for q, want := range map[float64]time.Duration{0.001: time.Millisecond, 0.5: 500 * time.Millisecond, 0.99: 990 * time.Millisecond, 1: time.Second} {
		if got := counts.Quantile(q); got < want || float64(got) > 1.032*float64(want) {
			t.Errorf("quantile %v is %v, want %v", q, got, want)
		}
	}
}

func TestEveryDurationLiesInItsBucket(t *testing.T) {
	for d := time.Duration(0); d < time.Hour; d = d*9/8 + 1 {
		bucket := bucketOf(d)
		if d > upperEnd(bucket) || (bucket > 0 && d <= upperEnd(bucket-1)) {
			t.Fatalf("%d ns lies outside bucket %d", d, bucket)
		}
	}
}
