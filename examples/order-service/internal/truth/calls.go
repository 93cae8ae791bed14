package truth

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync/atomic"
	_ "unsafe" // for linkname
)

// nanotime is CLOCK_MONOTONIC in ns, the clock of execution traces.
//
//go:linkname nanotime runtime.nanotime
func nanotime() int64

// Calls keeps each call by itself, to be matched with an execution trace. It takes no lock, so that it leaves no trace
// there itself.
type Calls struct {
	file   string
	newest atomic.Pointer[call]
}

type call struct {
	goroutine         uint64
	request, returned int64
	before            *call
}

// keepIn names the file and empties it. Without a file nothing is kept.
func (c *Calls) keepIn(file string) error {
	c.file = file
	if file == "" {
		return nil
	}
	return os.WriteFile(file, nil, 0o644)
}

// Begins returns what Ended is told.
func (c *Calls) Begins() (request int64) {
	if c.file == "" {
		return 0
	}
	return nanotime()
}

func (c *Calls) Ended(request int64) {
	if c.file == "" {
		return
	}
	one := &call{returned: nanotime(), request: request, goroutine: goroutineID()}
	for {
		one.before = c.newest.Load()
		if c.newest.CompareAndSwap(one.before, one) {
			return
		}
	}
}

// flush appends what was kept since the last flush. A line: goroutine, R for read, request, acquired, released; for
// a getter that unlocks as it returns the last two are one reading.
func (c *Calls) flush() error {
	if c.file == "" {
		return nil
	}
	file, err := os.OpenFile(c.file, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	text := bufio.NewWriter(file)
	for one := c.newest.Swap(nil); one != nil; one = one.before {
		fmt.Fprintf(text, "%d R %d %d %d\n", one.goroutine, one.request, one.returned, one.returned)
	}
	err = text.Flush()
	if closing := file.Close(); err == nil {
		err = closing
	}
	return err
}

// goroutineID reads the number that Go gave this goroutine from the first line of its stack.
func goroutineID() uint64 {
	line := make([]byte, 64)
	line = bytes.TrimPrefix(line[:runtime.Stack(line, false)], []byte("goroutine "))
	digits, _, _ := bytes.Cut(line, []byte(" "))
	id, err := strconv.ParseUint(string(digits), 10, 64)
	if err != nil {
		panic(err) // Go writes it so
	}
	return id
}
