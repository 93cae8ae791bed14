import type { UnixMs } from '@/lib/units';

/** The newest window of a service, as the live stream tells it. */
export interface LiveEvent {
  readonly service: string;
  /** End of the newest window. */
  readonly newest: UnixMs;
}

export interface LiveHub {
  /** Notes a stored window. Cheap; told to listeners at most once per `intervalMs`, the newest per service. */
  notify(service: string, newest: UnixMs): void;
  /** Calls `listener` with what is new; returns the function that stops it. */
  subscribe(listener: (events: readonly LiveEvent[]) => void): () => void;
  /** Newest end per service since the start. */
  newest(): readonly LiveEvent[];
  /** How often something of the service was stored since the start, old windows included: a version of its data. */
  changes(service: string): number;
  close(): void;
}

/** A hub in memory. Without listeners no timer runs. */
export function createLiveHub(intervalMs = 1_000): LiveHub {
  const newest = new Map<string, UnixMs>();
  const changed = new Set<string>();
  const changes = new Map<string, number>();
  const listeners = new Set<(events: readonly LiveEvent[]) => void>();
  let timer: NodeJS.Timeout | undefined;

  const tell = () => {
    timer = undefined;
    const events = eventsOf([...changed]);
    changed.clear();
    if (events.length > 0) for (const listener of listeners) listener(events);
  };
  const eventsOf = (services: readonly string[]): LiveEvent[] =>
    services.flatMap((service) => {
      const at = newest.get(service);
      return at === undefined ? [] : [{ service, newest: at }];
    });

  return {
    notify(service, end) {
      changes.set(service, (changes.get(service) ?? 0) + 1);
      if (end <= (newest.get(service) ?? Number.NEGATIVE_INFINITY)) return;
      newest.set(service, end);
      changed.add(service);
      if (timer === undefined && listeners.size > 0) timer = setTimeout(tell, intervalMs);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    newest: () => eventsOf([...newest.keys()].sort()),
    changes: (service) => changes.get(service) ?? 0,
    close() {
      clearTimeout(timer);
      listeners.clear();
    },
  };
}
