// Package ledger keeps what was reserved: Ledger sleeps inside its mutex, AtomicLedger does not.
package ledger

import (
	"context"
	"sync"
	"sync/atomic"

	"example.com/order-service/internal/fakedb"
)

// Ledger has one hot mutex, held over I/O.
type Ledger struct {
	db  *fakedb.DB
	mu  sync.Mutex
	sum int64
}

func New(db *fakedb.DB) *Ledger { return &Ledger{db: db} }

// Reserve holds the mutex for the 2 ms that the database takes.
func (l *Ledger) Reserve(ctx context.Context, amount int64) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.db.ReserveStock(ctx); err != nil {
		return err
	}
	l.sum += amount
	return nil
}

// AtomicLedger waits for the database first and then adds without a lock.
type AtomicLedger struct {
	db  *fakedb.DB
	sum atomic.Int64
}

func NewAtomic(db *fakedb.DB) *AtomicLedger { return &AtomicLedger{db: db} }

func (l *AtomicLedger) Reserve(ctx context.Context, amount int64) error {
	if err := l.db.ReserveStock(ctx); err != nil {
		return err
	}
	l.sum.Add(amount)
	return nil
}
