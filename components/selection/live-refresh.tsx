'use client';
// Client: listens to the server's live stream and asks the router for the page again.
import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useRef, useState, useTransition } from 'react';

/** Pages are read again at most this often. */
const quietMs = 5_000;

/**
 * Keeps a live page up to date: when a shown service stored something newer than `newest`, the page is read again,
 * but never while the pointer or the focus is inside the children, so that rows do not move below a hand.
 * Changes that came meanwhile are counted on a button.
 */
export function LiveRefresh({
  on,
  services,
  newest,
  children,
}: {
  readonly on: boolean;
  readonly services: readonly string[];
  readonly newest: number | undefined;
  readonly children: ReactNode;
}) {
  const router = useRouter();
  const area = useRef<HTMLDivElement>(null);
  const busy = useRef(false);
  const [waiting, setWaiting] = useState(0);
  const [pending, startTransition] = useTransition();
  const names = services.join('\n');

  const refresh = () => {
    setWaiting(0);
    startTransition(() => router.refresh());
  };
  const latest = useRef(refresh);
  useEffect(() => {
    latest.current = refresh;
  });
  useEffect(() => {
    if (!on) return;
    const shown = new Set(names.split('\n'));
    let seen = newest ?? 0;
    let count = 0;
    const started = Date.now();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const act = () => {
      timer = undefined;
      if (document.hidden || busy.current || area.current?.contains(document.activeElement)) setWaiting(count);
      else latest.current();
    };
    const onNewest = (event: MessageEvent<string>) => {
      const fresh = newestOf(event.data, shown);
      if (fresh <= seen) return;
      seen = fresh;
      count++;
      timer ??= setTimeout(act, Math.max(500, quietMs - (Date.now() - started)));
    };
    const stream = new EventSource('/api/v1/events');
    stream.addEventListener('newest', onNewest);
    const onVisible = () => {
      if (!document.hidden && count > 0) act();
    };
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      document.removeEventListener('visibilitychange', onVisible);
      clearTimeout(timer);
      stream.close();
    };
  }, [on, names, newest]);

  return (
    <div
      ref={area}
      className="live"
      onPointerEnter={() => {
        busy.current = true;
      }}
      onPointerLeave={() => {
        busy.current = false;
      }}
    >
      {waiting > 0 ? (
        <button type="button" className="btn small pill" onClick={refresh} disabled={pending}>
          {waiting === 1 ? '1 change' : `${waiting} changes`}
        </button>
      ) : null}
      {children}
    </div>
  );
}

/** The newest end in an event, over the services shown; 0 when it is about others. */
function newestOf(text: string, shown: ReadonlySet<string>): number {
  const event: unknown = JSON.parse(text);
  if (typeof event !== 'object' || event === null || !('services' in event) || !Array.isArray(event.services)) return 0;
  const times = event.services.map((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null || !('service' in entry) || !('newest' in entry)) return 0;
    return shown.has(String(entry.service)) ? Date.parse(String(entry.newest)) : 0;
  });
  return Math.max(0, ...times);
}
