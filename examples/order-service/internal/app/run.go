package app

import (
	"context"
	"errors"
	"hash/fnv"
	"log"
	"math/rand"
	"net"
	"net/http"
	_ "net/http/pprof" // on DefaultServeMux
	"runtime"
	"time"

	"example.com/order-service/internal/truth"
)

// Run takes orders until ctx or the duration ends.
func Run(ctx context.Context, o Options) error {
	runtime.SetBlockProfileRate(o.BlockRate)
	runtime.SetMutexProfileFraction(o.MutexFraction)
	if o.Duration > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, o.Duration)
		defer cancel()
	}
	if o.Listen != "" {
		listener, err := net.Listen("tcp", o.Listen)
		if err != nil {
			return err
		}
		defer listener.Close()
		recorder := startFlight(o.FlightAge, o.FlightBytes)
		defer recorder.stop()
		mux := http.NewServeMux()
		mux.Handle(flightPath, recorder)
		mux.Handle("/", http.DefaultServeMux)
		log.Printf("profiles at http://%s/debug/pprof/", listener.Addr())
		go http.Serve(listener, mux) // ends with the process
	}
	recorder, err := truth.NewRecorder(truth.Document{
		Schema: "order-service/truth/v1", Service: ServiceName, Pod: o.Pod, Build: o.Build, Fixed: o.Fixed, Go: runtime.Version(),
		BlockRate: o.BlockRate, MutexFraction: o.MutexFraction, Flags: o.set, Locks: locksOf(o), Reloads: []truth.Reload{},
	}, o.TruthCalls)
	if err != nil {
		return err
	}
	service := newOrderService(o, recorder)
	if _, err := service.config.ReloadFromDB(ctx); err != nil { // before the first order: nobody waits
		return ended(err)
	}
	go service.reloadOnTheClock(ctx, o.Reload, o.Phase)
	go service.takeOrders(ctx, o.RPS, seedOf(o.Pod))
	return recorder.Run(ctx, o.Truth)
}

// reloadOnTheClock reloads at every full period plus phase, as a cron job does: pods of one phase stall together.
func (s *OrderService) reloadOnTheClock(ctx context.Context, period, phase time.Duration) {
	for {
		next := time.Now().Add(-phase).Truncate(period).Add(period + phase)
		select {
		case <-time.After(time.Until(next)):
		case <-ctx.Done():
			return
		}
		reload, err := s.config.ReloadFromDB(ctx)
		if ctx.Err() != nil {
			return // a reload cut short is not a hold
		}
		if err != nil {
			log.Printf("reload: %v", err)
			continue
		}
		measured := truth.Reload{Start: reload.Start.UTC(), Took: float64(reload.Took.Microseconds()) / 1000}
		if reload.UnderLock {
			measured.Held = measured.Took
		}
		s.truth.Reloaded(measured)
	}
}

// takeOrders starts orders at random moments, rps a second on average, whatever they take (open loop):
// a lock held for h seconds gathers rps × h waiters.
func (s *OrderService) takeOrders(ctx context.Context, rps int, seed int64) {
	random := rand.New(rand.NewSource(seed))
	mean := float64(time.Second) / float64(rps)
	next := time.Now()
	for id := int64(1); ctx.Err() == nil; id++ {
		time.Sleep(time.Until(next))
		go s.CreateOrder(ctx, id)
		next = next.Add(time.Duration(random.ExpFloat64() * mean))
	}
}

func seedOf(pod string) int64 {
	h := fnv.New64a()
	h.Write([]byte(pod))
	return int64(h.Sum64())
}

func ended(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return nil
	}
	return err
}
