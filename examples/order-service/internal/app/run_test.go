package app

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"
	"strings"
	"testing"
	"time"

	"example.com/order-service/internal/truth"
)

func TestFixedServiceNeverWaitsForTheConfiguration(t *testing.T) {
	document := runFor(t, 2*time.Second, "-fixed", "-rps=200", "-hold=300ms", "-reload=500ms")
	total := document.Total
	if total.Requests.N < 100 {
		t.Errorf("%d orders in 2 s at 200 a second", total.Requests.N)
	}
	if total.GetConfig.Waited > 0.2 { // the race detector on a busy machine, not a lock
		t.Errorf("orders waited %.3f s for the configuration", total.GetConfig.Waited)
	}
	if len(document.Reloads) < 2 || document.Reloads[0].Held != 0 {
		t.Errorf("reloads are %+v, want several and no lock held", document.Reloads)
	}
}

func TestLocksAreWhatTheProfilesShow(t *testing.T) {
	document := runFor(t, 3*time.Second, "-rps=400", "-hold=500ms", "-reload=1s", "-block-rate=1")
	if waited := document.Total.GetConfig.Waited; waited < 20 { // one hold is 400 × 0.5² / 2 = 50 s of waiting
		t.Errorf("orders waited %.1f s for the configuration", waited)
	}
	block, mutex := profileText(t, "block"), profileText(t, "mutex")
	for _, lock := range document.Locks {
		if !contains(block, lock.Waiter) {
			t.Errorf("block profile has no %v", lock.Waiter)
		}
		closing := lock.Holder
		closing.Line++ // where the race detector's build runs deferred calls
		if !contains(mutex, lock.Holder) && !contains(mutex, closing) {
			t.Errorf("mutex profile has no %v", lock.Holder)
		}
	}
}

func runFor(t *testing.T, length time.Duration, args ...string) truth.Document {
	t.Helper()
	file := filepath.Join(t.TempDir(), "truth.json")
	var o Options
	args = append(args, "-truth="+file, "-duration="+length.String())
	if err := o.ParseFlags(flag.NewFlagSet("order-service", flag.ContinueOnError), args); err != nil {
		t.Fatal(err)
	}
	if err := Run(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var document truth.Document
	if err := json.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	return document
}

func profileText(t *testing.T, name string) string {
	t.Helper()
	var text bytes.Buffer
	if err := pprof.Lookup(name).WriteTo(&text, 1); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// contains looks for a line like "#	0x4f2a11	pkg.(*T).Method+0x31	/path/file.go:24".
func contains(profile string, site truth.Site) bool {
	for _, line := range strings.Split(profile, "\n") {
		if strings.Contains(line, site.Function+"+") && strings.HasSuffix(line, fmt.Sprintf("%s:%d", site.File, site.Line)) {
			return true
		}
	}
	return false
}
