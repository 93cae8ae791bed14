// Package config holds what an order is priced with: OrderConfigManager as in the incident, SnapshotManager as its fix.
package config

import (
	"context"
	"time"

	"example.com/order-service/internal/fakedb"
)

// OrderConfig is never changed once it is published.
type OrderConfig struct {
	Rules     map[string]fakedb.Rule
	Channels  []fakedb.Channel
	Discounts map[int64]fakedb.Discount
}

// Reload is one rebuild, measured: Took is time under the write lock where UnderLock is set.
type Reload struct {
	Start     time.Time
	Took      time.Duration
	UnderLock bool
}

func build(ctx context.Context, db *fakedb.DB) (*OrderConfig, error) {
	rules, err := db.QueryPromotionRules(ctx)
	if err != nil {
		return nil, err
	}
	channels, err := db.QueryPaymentChannels(ctx)
	if err != nil {
		return nil, err
	}
	discounts, err := db.QueryUserDiscounts(ctx)
	if err != nil {
		return nil, err
	}
	cfg := &OrderConfig{
		Rules:     make(map[string]fakedb.Rule, len(rules)),
		Channels:  channels,
		Discounts: make(map[int64]fakedb.Discount, len(discounts)),
	}
	for _, rule := range rules {
		cfg.Rules[rule.Code] = rule
	}
	for _, discount := range discounts {
		cfg.Discounts[discount.UserID] = discount
	}
	return cfg, nil
}
