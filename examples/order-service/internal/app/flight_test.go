package app

import (
	"bytes"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// oneAtATime is a recorder whose snapshots wait to be let go.
type oneAtATime struct{ begun, end chan struct{} }

func (r oneAtATime) WriteTo(w io.Writer) (int64, error) {
	close(r.begun)
	<-r.end
	n, err := io.WriteString(w, "go 1.26 trace")
	return int64(n), err
}

func (oneAtATime) Stop() {}

func get(f *flight) *httptest.ResponseRecorder {
	answer := httptest.NewRecorder()
	f.ServeHTTP(answer, httptest.NewRequest("GET", flightPath, nil))
	return answer
}

func TestSnapshotsAreWrittenOneAtATime(t *testing.T) {
	recorder := oneAtATime{make(chan struct{}), make(chan struct{})}
	f := &flight{recorder: recorder}
	first := make(chan *httptest.ResponseRecorder)
	go func() { first <- get(f) }()
	<-recorder.begun
	if second := get(f); second.Code != 409 {
		t.Errorf("a second snapshot is answered with %d", second.Code)
	}
	close(recorder.end)
	if answer := <-first; answer.Code != 200 || answer.Body.String() != "go 1.26 trace" {
		t.Errorf("the first is answered with %d: %q", answer.Code, answer.Body)
	}
}

func TestWithoutARecorderTheAnswerSaysWhy(t *testing.T) {
	answer := get(startFlight(0, 0))
	if answer.Code != 503 || !strings.Contains(answer.Body.String(), "-flight-recorder 10s") {
		t.Errorf("answered with %d: %s", answer.Code, answer.Body)
	}
}

func TestARunningRecorderAnswersWithATrace(t *testing.T) {
	f := startFlight(time.Second, 1<<20)
	defer f.stop()
	answer := get(f)
	if f.recorder == nil {
		if answer.Code != 503 || !strings.Contains(answer.Body.String(), "needs Go 1.25") {
			t.Errorf("answered with %d: %s", answer.Code, answer.Body)
		}
		return
	}
	if answer.Code != 200 || !bytes.HasPrefix(answer.Body.Bytes(), []byte("go 1.")) {
		t.Errorf("answered with %d: %.40q", answer.Code, answer.Body)
	}
	if told := answer.Header().Get("X-Lockscope-Lookback-Ms"); told != "1000" {
		t.Errorf("a recorder of one second tells a look-back of %q ms", told)
	}
}

func TestEachCallOfGetConfigIsKept(t *testing.T) {
	file := filepath.Join(t.TempDir(), "calls.txt")
	document := runFor(t, 2*time.Second, "-rps=100", "-hold=300ms", "-reload=1s", "-truth-calls="+file)
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.Count(text, []byte("\n"))
	if calls := document.Total.GetConfig.Calls; lines == 0 || int64(lines) < calls {
		t.Errorf("%d lines for %d calls", lines, calls)
	}
	if fields := bytes.Fields(bytes.SplitN(text, []byte("\n"), 2)[0]); len(fields) != 5 || string(fields[1]) != "R" {
		t.Errorf("the first line is %q", fields)
	}
}
