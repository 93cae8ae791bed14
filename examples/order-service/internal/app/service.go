package app

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"time"

	"example.com/order-service/internal/config"
	"example.com/order-service/internal/event"
	"example.com/order-service/internal/fakedb"
	"example.com/order-service/internal/ledger"
	"example.com/order-service/internal/report"
	"example.com/order-service/internal/truth"
	"example.com/order-service/internal/user"
)

const (
	ordersPerReserve = 8
	ordersPerReport  = 50
	usersCached      = 512
	eventTime        = 2 * time.Millisecond
)

type configManager interface {
	GetConfig() *config.OrderConfig
	ReloadFromDB(context.Context) (config.Reload, error)
}

type userCache interface {
	Get(id int64) (user.User, bool)
	Set(user.User)
	Evict(id int64)
}

type stockLedger interface {
	Reserve(ctx context.Context, amount int64) error
}

// OrderService takes orders; which parts it is made of decides whether it stalls.
type OrderService struct {
	config  configManager
	users   userCache
	ledger  stockLedger
	events  *event.Bus
	reports *report.Service
	truth   *truth.Recorder
}

func newOrderService(o Options, recorder *truth.Recorder) *OrderService {
	db := fakedb.Open(o.Hold)
	if o.Fixed {
		return &OrderService{
			config:  config.NewSnapshotManager(db),
			users:   user.NewShardedCache(),
			ledger:  ledger.NewAtomic(db),
			events:  event.NewBus(4096, 8, eventTime),
			reports: report.New(0),
			truth:   recorder,
		}
	}
	return &OrderService{
		config:  config.NewOrderConfigManager(db),
		users:   user.NewMapCache(),
		ledger:  ledger.New(db),
		events:  event.NewBus(64, 1, eventTime),
		reports: report.New(o.Leaks),
		truth:   recorder,
	}
}

// CreateOrder is the request: it needs the configuration before anything else.
func (s *OrderService) CreateOrder(ctx context.Context, id int64) {
	defer s.truth.OrderBegins()()
	asked, request := time.Now(), s.truth.Calls.Begins()
	cfg := s.config.GetConfig()
	s.truth.Calls.Ended(request)
	s.truth.GetConfig.Observe(time.Since(asked))

	total := price(cfg, id, s.buyer(id))
	if id%ordersPerReserve == 0 {
		if err := s.ledger.Reserve(ctx, total); err != nil {
			return // only at the end of the run
		}
	}
	published := time.Now()
	s.events.Publish(event.Event{OrderID: id, Total: total})
	s.truth.Publish.Observe(time.Since(published))
	if id%ordersPerReport == 0 {
		s.reports.Generate()
	}
}

// buyer moves over the key space, so the cache has to take in and give up keys all the time.
func (s *OrderService) buyer(id int64) user.User {
	key := id / 2
	if known, ok := s.users.Get(key); ok {
		return known
	}
	u := user.User{ID: key, Tier: int(key % 4)}
	s.users.Set(u)
	s.users.Evict(key - usersCached)
	return u
}

// price signs a receipt: the CPU time that an order costs.
func price(cfg *config.OrderConfig, id int64, buyer user.User) int64 {
	total := 1000 - int64(cfg.Discounts[buyer.ID%10_000].Percent)
	receipt, err := json.Marshal(map[string]any{"order": id, "buyer": buyer, "total": total, "channels": cfg.Channels})
	if err != nil {
		panic(err) // numbers and strings only
	}
	for range 20 {
		sum := sha256.Sum256(receipt)
		receipt = append(receipt, sum[0])
	}
	return total
}
