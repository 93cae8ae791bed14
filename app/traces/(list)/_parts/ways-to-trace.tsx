import { Snippet } from '@/app/connect/snippet';
import { LinkButton } from '@/components/ui/button';

/** How to get an execution trace, for somebody who has none: each way with what to type. */
export function WaysToTrace({ service, address }: { readonly service: string | undefined; readonly address: string }) {
  const whose = service ?? 'order-service';
  const server = address === 'http://127.0.0.1:4040' ? '' : ` --server ${address}`;
  return (
    <div className="tr-ways">
      <div>
        <h3>Record one, drop it here</h3>
        <p>Any program that serves net/http/pprof records for as many seconds as you ask:</p>
        <Snippet
          label="Command that records a trace"
          text={'curl -o stall.trace "http://127.0.0.1:6060/debug/pprof/trace?seconds=5"'}
        />
      </div>
      <div>
        <h3>Or send it from a shell</h3>
        <p>It appears here, with its service and build.</p>
        <Snippet label="Command that sends a trace" text={`lockscope push stall.trace --service ${whose}${server}`} />
      </div>
      <div>
        <h3>Or let Lockscope record it</h3>
        <p>From a scrape target, now; or arm the target, and it records when goroutines wait.</p>
        <LinkButton href="/settings#targets">Capture or arm a target</LinkButton>
      </div>
    </div>
  );
}
