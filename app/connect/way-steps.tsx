import type { ReactNode } from 'react';
import { addTarget } from '../_targets/actions';
import { AddTargetForm } from '../_targets/add-target-form';
import { DropZone } from './drop-zone';
import { Snippet } from './snippet';
import { snippets, withAddress } from './snippets';
import type { Via } from './ways';

/** What to paste and where, for one way of sending. */
export function WaySteps({
  via,
  address,
  needsToken,
}: {
  readonly via: Via;
  readonly address: string;
  readonly needsToken: boolean;
}) {
  switch (via) {
    case 'scrape':
      return (
        <>
          <Step number={1} title="Turn the two profiles on">
            <p>Go keeps block and mutex profiles off by default.</p>
            <Snippet label="Go program that serves its profiles" text={snippets.scrape} />
            <Cost />
          </Step>
          <Step number={2} title="Point Lockscope at it">
            <p>The server fetches the profiles and takes the differences. Two readings make the first window.</p>
            <AddTargetForm add={addTarget} />
            <p className="micro">
              From a shell: <code>lockscope scrape http://127.0.0.1:6060 --every 10s --service order-service</code>
            </p>
          </Step>
        </>
      );
    case 'push':
      return (
        <Step number={1} title="Push from the program">
          <p>
            The client as it is, from github.com/grafana/pyroscope-go. Up to version 1.4.3, with Go 1.23 or later, it
            leaves callers of inlined functions out of block and mutex stacks (grafana/pyroscope-go#246); with{' '}
            <code>GODEBUG=tracefpunwindoff=1</code> in the environment of your program they are there.
          </p>
          <Snippet label="Go program that pushes its profiles" text={withAddress(snippets.pushGo, address)} />
          <Token
            needed={needsToken}
            line={'HTTPHeaders: map[string]string{"Authorization": "Bearer " + os.Getenv("LOCKSCOPE_INGEST_TOKEN")},'}
          />
          <Cost />
        </Step>
      );
    case 'node':
      return (
        <Step number={1} title="Push from the program">
          <p>Wall, CPU and heap profiles of Node; it has no lock profiles, so the last two ticks stay open.</p>
          <Snippet label="Node program that pushes its profiles" text={withAddress(snippets.pushNode, address)} />
          <Token needed={needsToken} line="authToken: process.env.LOCKSCOPE_INGEST_TOKEN," />
        </Step>
      );
    case 'file':
      return (
        <Step number={1} title="Drop a profile, or a trace">
          <p>
            Any pprof file: block, mutex, CPU, heap, goroutine; or an execution trace of Go 1.22 or newer. It opens on a
            page of its own.
          </p>
          <DropZone />
          <p className="micro">
            From a shell: <code>lockscope push block.pb.gz --service order-service --build 1.42.0</code>
          </p>
        </Step>
      );
  }
}

export function Step({
  number,
  title,
  children,
}: {
  readonly number: number;
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <section className="st">
      <span className="no" aria-hidden="true">
        {number}
      </span>
      <div>
        <h2>{title}</h2>
        {children}
      </div>
    </section>
  );
}

function Token({ needed, line }: { readonly needed: boolean; readonly line: string }) {
  if (!needed) return null;
  return (
    <>
      <p>This server asks clients for a token. Add:</p>
      <Snippet label="The line that sends the token" text={line} />
    </>
  );
}

function Cost() {
  return (
    <p className="micro">
      The block rate is a length in ns, not a share: 1 records every event and costs the most, so it is for tests. At 1
      ms longer waits are all there and shorter ones are a fair sample. A mutex fraction of n records one release in n.
    </p>
  );
}
