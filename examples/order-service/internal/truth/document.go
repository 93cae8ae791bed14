// Package truth is what the service measures about itself, to judge profilers by. It never reads a profile.
package truth

import "time"

// Document is the file: one process, from start to end.
type Document struct {
	Schema        string            `json:"schema"`
	Service       string            `json:"service"`
	Pod           string            `json:"pod"`
	Build         string            `json:"build"`
	Fixed         bool              `json:"fixed"`
	Go            string            `json:"go"`
	BlockRate     int               `json:"blockRate"`
	MutexFraction int               `json:"mutexFraction"`
	Flags         map[string]string `json:"flags"`
	Locks         []Lock            `json:"locks"`
	Reloads       []Reload          `json:"reloads"`
	Total         Window            `json:"total"`
	Windows       []Window          `json:"windows"`
}

// Window counts an order where it ended, which for one that waited may be a window after it began.
type Window struct {
	Start       time.Time  `json:"start"`
	End         time.Time  `json:"end"`
	Requests    Latency    `json:"requests"`
	GetConfig   WaitCounts `json:"getConfig"`
	Publish     WaitCounts `json:"publish"`
	MaxInFlight int64      `json:"maxInFlight"`
}

type Latency struct {
	N   int64   `json:"n"`
	P50 float64 `json:"p50Ms"`
	P99 float64 `json:"p99Ms"`
	Max float64 `json:"maxMs"`
}

// Reload is one rebuild of the configuration; Held is how long it held the write lock, absent without one.
type Reload struct {
	Start time.Time `json:"start"`
	Took  float64   `json:"tookMs"`
	Held  float64   `json:"heldMs,omitempty"`
}

// Lock names who waits on a lock and who holds it, as a profile shows them.
type Lock struct {
	Name   string `json:"name"`
	Family string `json:"family"`
	Waiter Site   `json:"waiter"`
	Holder Site   `json:"holder"`
}

// Site is a line of the source; a deferred Unlock stands at the return that runs it.
type Site struct {
	Function string `json:"function"`
	File     string `json:"file"`
	Line     int    `json:"line"`
}
