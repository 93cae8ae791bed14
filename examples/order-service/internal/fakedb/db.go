// Package fakedb stands in for a database. It only sleeps, as a goroutine parked on network I/O does.
package fakedb

import (
	"context"
	"fmt"
	"time"
)

const (
	ruleCount     = 2_000
	discountCount = 10_000
	reserveTime   = 2 * time.Millisecond
)

type Rule struct {
	Code    string
	Percent int
}

type Channel struct{ Name string }

type Discount struct {
	UserID  int64
	Percent int
}

// DB answers after fixed times.
type DB struct{ configTime time.Duration }

// Open returns a database that takes configTime in all for the three queries of one configuration.
func Open(configTime time.Duration) *DB { return &DB{configTime: configTime} }

// QueryPromotionRules takes 45 % of the configuration's time.
func (db *DB) QueryPromotionRules(ctx context.Context) ([]Rule, error) {
	if err := wait(ctx, db.configTime*45/100); err != nil {
		return nil, err
	}
	rules := make([]Rule, ruleCount)
	for i := range rules {
		rules[i] = Rule{Code: fmt.Sprintf("RULE-%04d", i), Percent: i % 50}
	}
	return rules, nil
}

// QueryPaymentChannels takes 5 % of the configuration's time.
func (db *DB) QueryPaymentChannels(ctx context.Context) ([]Channel, error) {
	if err := wait(ctx, db.configTime*5/100); err != nil {
		return nil, err
	}
	return []Channel{{"card"}, {"transfer"}, {"wallet"}}, nil
}

// QueryUserDiscounts takes 50 % of the configuration's time.
func (db *DB) QueryUserDiscounts(ctx context.Context) ([]Discount, error) {
	if err := wait(ctx, db.configTime*50/100); err != nil {
		return nil, err
	}
	discounts := make([]Discount, discountCount)
	for i := range discounts {
		discounts[i] = Discount{UserID: int64(i), Percent: i % 30}
	}
	return discounts, nil
}

// ReserveStock takes 2 ms.
func (db *DB) ReserveStock(ctx context.Context) error { return wait(ctx, reserveTime) }

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
