// order-service reproduces a stall: a configuration reload holds a write lock over its queries. See README.md.
package main

import (
	"context"
	"flag"
	"log"
	"os"
	"os/signal"
	"syscall"

	"example.com/order-service/internal/app"
)

func main() {
	options := app.Options{Listen: "127.0.0.1:6060"}
	if err := options.ParseFlags(flag.CommandLine, os.Args[1:]); err != nil {
		log.Fatal(err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := app.Run(ctx, options); err != nil {
		log.Fatal(err)
	}
}
