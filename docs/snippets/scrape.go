// Serves profiles to a scraper, on an address of its own.
package main

import (
	"log"
	"net/http"
	_ "net/http/pprof"
	"runtime"
)

func init() {
	runtime.SetBlockProfileRate(1_000_000) // ns: every wait of 1 ms or longer, a fair sample of shorter ones
	runtime.SetMutexProfileFraction(1)     // every release; 10 is cheaper, but single long holds get lost
	go func() { log.Print(http.ListenAndServe("127.0.0.1:6060", nil)) }()
}

func main() {
	select {} // your program
}
