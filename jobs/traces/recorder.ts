import type { IncomingHttpHeaders } from 'node:http';
import type { IngestConfig } from '@/ingest/config';
import { normaliseLabels } from '@/ingest/labels';
import { targetLabels } from '@/ingest/scrape-store';
import type { StoreTrace } from '@/ingest/store-trace';
import { fetchTrace, flightRecorderUrl, lookBackMsOf, traceUrl } from '@/ingest/trace-endpoint';
import { armedLockLabel, type CaptureRecord } from '@/lib/catalog/captures';
import type { TargetRecord } from '@/lib/catalog/port';
import type { Config } from '@/lib/config';
import { LockscopeError } from '@/lib/errors';
import type { UnixMs } from '@/lib/units';

/** How long a service may take to begin and to send, beside the time of the trace itself. */
const answerMs = 20_000;

export interface RecorderDeps {
  readonly store: StoreTrace;
  readonly config: IngestConfig & Pick<Config, 'traces'>;
  readonly now: () => UnixMs;
}

export interface RecordingOrder {
  /** undefined = what the flight recorder of the service holds. */
  readonly seconds: number | undefined;
  readonly source: 'target' | 'armed';
  readonly reason: string;
  /** The lock that it is recorded for; undefined = whichever stalls. */
  readonly lockId?: string | undefined;
}

/** Records traces of targets: one at a time of each, with a pause between two. */
export interface Recorder {
  /** Rejects as `TargetTraces.record` says. */
  record(
    target: TargetRecord,
    order: RecordingOrder,
  ): Promise<{ readonly capture: CaptureRecord; readonly created: boolean }>;
  isRecording(targetId: string): boolean;
  /** How long a target is to be left alone, ms; 0 = it may be recorded now. */
  pauseMs(targetId: string): number;
  /**
   * Asks a service for a snapshot of its flight recorder and throws it away; resolves with how far back it looks, ms,
   * undefined when the service does not tell. Rejects when it has none.
   */
  probe(target: TargetRecord): Promise<number | undefined>;
  /** Aborts what is being recorded. */
  close(): void;
}

export function createRecorder({ store, config, now }: RecorderDeps): Recorder {
  const busy = new Set<string>();
  const endedAt = new Map<string, number>();
  const closing = new AbortController();

  const pauseMs = (id: string) =>
    Math.max(0, (endedAt.get(id) ?? Number.NEGATIVE_INFINITY) + config.traces.pauseMs - now());

  function begin({ id, service }: TargetRecord): void {
    if (busy.has(id))
      throw new LockscopeError('trace.busy', `a trace of ${service} is being recorded; wait for its end`);
    const left = Math.ceil(pauseMs(id) / 1_000);
    if (left > 0) {
      throw new LockscopeError('trace.pause', `${service} was traced a moment ago; again in ${left} s (traces.pause)`);
    }
    busy.add(id);
  }

  return {
    async record(target, { seconds, source, reason, lockId }) {
      begin(target);
      try {
        const at = now();
        const url = seconds === undefined ? flightRecorderUrl(target.url) : traceUrl(target.url, seconds);
        const bytes = fetchTrace(url, answerMs + (seconds ?? 0) * 1_000, closing.signal);
        const labels = new Map(normaliseLabels(targetLabels(target, undefined, config), config));
        labels.delete('service_name');
        return await store(bytes, {
          filename: `${target.service}-${new Date(at).toISOString().slice(0, 19).replaceAll(':', '')}.trace`,
          service: target.service,
          pod: labels.get('pod'),
          build: labels.get('build'),
          labels: { ...Object.fromEntries(labels), ...(lockId === undefined ? {} : { [armedLockLabel]: lockId }) },
          // A flight recorder's snapshot began before it was asked for; only the trace itself may tell when.
          capturedAt: seconds === undefined ? undefined : at,
          source,
          reason,
        });
      } finally {
        busy.delete(target.id);
        endedAt.set(target.id, now());
      }
    },
    isRecording: (id) => busy.has(id),
    pauseMs,
    async probe(target) {
      let lookBackMs: number | undefined;
      const onHead = (headers: IncomingHttpHeaders) => {
        lookBackMs = lookBackMsOf(headers);
      };
      for await (const _ of fetchTrace(flightRecorderUrl(target.url), answerMs, closing.signal, onHead)) break;
      return lookBackMs;
    },
    close: () => closing.abort(),
  };
}
