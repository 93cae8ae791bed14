// Package event hands orders to whoever listens, over one channel.
package event

import "time"

type Event struct {
	OrderID int64
	Total   int64
}

// Bus blocks its publishers when the queue is full.
type Bus struct {
	queue  chan Event
	handle time.Duration
}

// NewBus starts workers that take handle for each event. A short queue with one worker is the anti-pattern.
func NewBus(capacity, workers int, handle time.Duration) *Bus {
	b := &Bus{queue: make(chan Event, capacity), handle: handle}
	for range workers {
		go b.consume()
	}
	return b
}

func (b *Bus) Publish(e Event) { b.queue <- e }

// Close ends the workers; nobody may publish afterwards.
func (b *Bus) Close() { close(b.queue) }

func (b *Bus) consume() {
	for range b.queue {
		time.Sleep(b.handle)
	}
}
