// Serves profiles to a scraper, on an address of its own.
package main

import (
	"log"
	"net/http"
	_ "net/http/pprof"
	"runtime"
)

func init() {
	// In ns: every wait of 1 ms or longer, a fair sample of shorter ones.
	runtime.SetBlockProfileRate(1_000_000)
	// Every release; 10 is cheaper, but then single long holds get lost.
	runtime.SetMutexProfileFraction(1)
	go func() { log.Print(http.ListenAndServe("127.0.0.1:6060", nil)) }()
}

func main() {
	select {} // your program
}
