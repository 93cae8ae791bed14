package config

import (
	"context"
	"sync"
	"time"

	"example.com/order-service/internal/fakedb"
)

// OrderConfigManager rebuilds the configuration under the write lock, so orders wait for the database.
type OrderConfigManager struct {
	db     *fakedb.DB
	mu     sync.RWMutex
	config *OrderConfig
}

func NewOrderConfigManager(db *fakedb.DB) *OrderConfigManager {
	return &OrderConfigManager{db: db, config: &OrderConfig{}}
}

// GetConfig is called once for every order.
func (m *OrderConfigManager) GetConfig() *OrderConfig {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.config
}

// ReloadFromDB holds the write lock over three queries.
func (m *OrderConfigManager) ReloadFromDB(ctx context.Context) (Reload, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	start := time.Now()
	cfg, err := build(ctx, m.db)
	if err != nil {
		return Reload{}, err
	}
	m.config = cfg
	return Reload{Start: start, Took: time.Since(start), UnderLock: true}, nil
}
