// connect-push sends one pprof file with the generated client of Grafana Pyroscope's push API, the one that Alloy's
// pyroscope.write uses. It prints "ok", or the Connect code and message of the refusal and ends with 1.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"net/http"
	"os"
	"strings"
	"time"

	"connectrpc.com/connect"
	pushv1 "github.com/grafana/pyroscope/api/gen/proto/go/push/v1"
	"github.com/grafana/pyroscope/api/gen/proto/go/push/v1/pushv1connect"
	typesv1 "github.com/grafana/pyroscope/api/gen/proto/go/types/v1"
)

// labels collects -label name=value.
type labels []*typesv1.LabelPair

func (l *labels) String() string { return "" }

func (l *labels) Set(text string) error {
	name, value, ok := strings.Cut(text, "=")
	if !ok {
		return fmt.Errorf("%q is not name=value", text)
	}
	*l = append(*l, &typesv1.LabelPair{Name: name, Value: value})
	return nil
}

func main() {
	log.SetFlags(0)
	server := flag.String("server", "http://127.0.0.1:4040", "where to push")
	json := flag.Bool("json", false, "the JSON form of the message instead of protobuf")
	compress := flag.Bool("gzip", false, "compress the request")
	id := flag.String("id", "", "the sample's UUID")
	var series labels
	flag.Var(&series, "label", "name=value, repeatable; Alloy sends __name__, service_name, __delta__, instance and job")
	flag.Parse()
	if flag.NArg() != 1 {
		log.Fatal("usage: connect-push [flags] file.pb.gz")
	}
	profile, err := os.ReadFile(flag.Arg(0))
	if err != nil {
		log.Fatal(err)
	}
	request := connect.NewRequest(&pushv1.PushRequest{Series: []*pushv1.RawProfileSeries{{
		Labels:  series,
		Samples: []*pushv1.RawSample{{RawProfile: profile, ID: *id}},
	}}})
	if token := os.Getenv("LOCKSCOPE_INGEST_TOKEN"); token != "" {
		request.Header().Set("Authorization", "Bearer "+token)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second) // Alloy's remote_timeout
	defer cancel()
	client := pushv1connect.NewPusherServiceClient(http.DefaultClient, *server, options(*json, *compress)...)
	if _, err := client.Push(ctx, request); err != nil {
		log.Fatal(err) // "<code>: <message>"; a transport error too
	}
	fmt.Println("ok")
}

func options(json, compress bool) []connect.ClientOption {
	var chosen []connect.ClientOption
	if json {
		chosen = append(chosen, connect.WithProtoJSON())
	}
	if compress {
		chosen = append(chosen, connect.WithSendGzip())
	}
	return chosen
}
