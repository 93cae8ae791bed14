import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendProblem } from '@/lib/http/respond';
import type { LiveEvent, LiveHub } from '@/lib/live';

/** Proxies cut connections that are silent for a minute. */
const heartbeatMs = 25_000;
/** A connection costs a socket and a timer; more than this is a loop in somebody's script. */
const maxConnections = 512;

export interface EventStreams {
  /** `GET /api/v1/events`: server-sent events `newest`, data `{"services":[{"service","newest"}]}`, at most one a second. */
  handle(req: IncomingMessage, res: ServerResponse): void;
  /** Ends all streams: they would hold a stopping server open. */
  close(): void;
}

export function createEventStreams(live: LiveHub): EventStreams {
  const open = new Set<ServerResponse>();
  return {
    handle(req, res) {
      if (open.size >= maxConnections) {
        return sendProblem(res, 503, 'events.busy', `${maxConnections} live streams are open already`);
      }
      res.writeHead(200, {
        'Content-Type': 'text/event-stream',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
      });
      if (req.method === 'HEAD') return void res.end();
      open.add(res);
      res.write('retry: 3000\n\n');
      const send = (events: readonly LiveEvent[]) => res.write(`event: newest\ndata: ${eventText(events)}\n\n`);
      send(live.newest());
      const unsubscribe = live.subscribe(send);
      const heartbeat = setInterval(() => res.write(':\n\n'), heartbeatMs);
      req.on('close', () => {
        clearInterval(heartbeat);
        unsubscribe();
        open.delete(res);
      });
    },
    close() {
      for (const res of open) res.end();
    },
  };
}

function eventText(events: readonly LiveEvent[]): string {
  const services = events.map(({ service, newest }) => ({ service, newest: new Date(newest).toISOString() }));
  return JSON.stringify({ services });
}
