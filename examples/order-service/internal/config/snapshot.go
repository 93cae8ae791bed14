package config

import (
	"context"
	"sync/atomic"
	"time"

	"example.com/order-service/internal/fakedb"
)

// SnapshotManager builds aside and publishes with one atomic store: readers never wait.
type SnapshotManager struct {
	db     *fakedb.DB
	config atomic.Pointer[OrderConfig]
}

func NewSnapshotManager(db *fakedb.DB) *SnapshotManager {
	m := &SnapshotManager{db: db}
	m.config.Store(&OrderConfig{})
	return m
}

func (m *SnapshotManager) GetConfig() *OrderConfig { return m.config.Load() }

// ReloadFromDB must have one caller at a time, else an older snapshot may be published last.
func (m *SnapshotManager) ReloadFromDB(ctx context.Context) (Reload, error) {
	start := time.Now()
	cfg, err := build(ctx, m.db)
	if err != nil {
		return Reload{}, err
	}
	m.config.Store(cfg)
	return Reload{Start: start, Took: time.Since(start)}, nil
}
