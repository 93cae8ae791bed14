// push is order-service with the Pyroscope client, pushing block, mutex, goroutine, CPU and heap profiles.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"syscall"
	"time"

	"github.com/grafana/pyroscope-go"

	"example.com/order-service/internal/app"
)

func main() {
	log.SetFlags(log.Ltime)
	server := flag.String("server", "http://127.0.0.1:4040", "where to push")
	upload := flag.Duration("upload", 10*time.Second, "length of a window")
	var options app.Options
	if err := options.ParseFlags(flag.CommandLine, os.Args[1:]); err != nil {
		log.Fatal(err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, options, *server, *upload); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, o app.Options, server string, upload time.Duration) error {
	profiler, err := pyroscope.Start(pyroscope.Config{
		ApplicationName: app.ServiceName,
		ServerAddress:   server,
		UploadRate:      upload,
		HTTPHeaders:     authorization(),
		Logger:          errorsOnly{},
		// The rates are in no profile, so the server has to be told: block_rate in ns, mutex_fraction as 1 in n.
		Tags: map[string]string{
			"pod":             o.Pod,
			"service_git_ref": o.Build,
			"block_rate":      strconv.Itoa(o.BlockRate),
			"mutex_fraction":  strconv.Itoa(o.MutexFraction),
		},
		ProfileTypes: append(slices.Clone(pyroscope.DefaultProfileTypes), // CPU and heap
			pyroscope.ProfileGoroutines,
			pyroscope.ProfileMutexCount, pyroscope.ProfileMutexDuration,
			pyroscope.ProfileBlockCount, pyroscope.ProfileBlockDuration),
	})
	if err != nil {
		return err
	}
	defer profiler.Stop()
	return app.Run(ctx, o)
}

// authorization sends LOCKSCOPE_INGEST_TOKEN, if there is one.
func authorization() map[string]string {
	token := os.Getenv("LOCKSCOPE_INGEST_TOKEN")
	if token == "" {
		return nil
	}
	return map[string]string{"Authorization": "Bearer " + token}
}

// errorsOnly shows failed uploads; the client's other messages come with every window.
type errorsOnly struct{}

func (errorsOnly) Infof(string, ...any)  {}
func (errorsOnly) Debugf(string, ...any) {}
func (errorsOnly) Errorf(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "pyroscope: "+format+"\n", args...)
}
