'use client';
// Client: asks for the status of captures under way, and for the page again when one is through.
import { useRouter } from 'next/navigation';
import { createContext, type ReactNode, useContext, useEffect, useRef, useState, useTransition } from 'react';
import { type CaptureStatus, readStatus } from './capture-status';

const Statuses = createContext<ReadonlyMap<string, CaptureStatus>>(new Map());

/** What was last heard of a capture under way; undefined before the first answer. */
export function useCaptureStatus(id: string): CaptureStatus | undefined {
  return useContext(Statuses).get(id);
}

const statusMs = 1_000;
/** While one is through, and the list in use. */
const throughMs = 500;
/** Captures that arrive by themselves, from armed targets, announce nothing. */
const listMs = 10_000;
const underWay = ['waiting', 'analysing'];

/**
 * Keeps a list of captures up to date. Rows under way change in place; the list itself, in which rows move, is read
 * again only while neither the pointer nor the focus is in it: until then a button counts what is through.
 */
export function LiveCaptures({
  active,
  children,
}: {
  readonly active: readonly string[];
  readonly children: ReactNode;
}) {
  const router = useRouter();
  const area = useRef<HTMLDivElement>(null);
  const [statuses, setStatuses] = useState<ReadonlyMap<string, CaptureStatus>>(new Map());
  const [pending, startTransition] = useTransition();
  const ids = active.join(' ');
  const through = active.filter((id) => !underWay.includes(statuses.get(id)?.status ?? 'waiting')).length;

  const refresh = () => startTransition(() => router.refresh());
  const refreshIfFree = useRef(refresh);
  useEffect(() => {
    refreshIfFree.current = () => {
      if (!pending && !document.hidden && !isInUse(area.current)) refresh();
    };
  });
  useEffect(() => {
    const timer = setInterval(() => refreshIfFree.current(), listMs);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (through === 0) return;
    refreshIfFree.current();
    const timer = setInterval(() => refreshIfFree.current(), throughMs);
    return () => clearInterval(timer);
  }, [through]);
  useEffect(() => {
    if (ids === '') return;
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      for (const id of document.hidden ? [] : ids.split(' ')) {
        const status = await readStatus(id);
        if (over) return;
        if (status !== undefined) setStatuses((known) => new Map(known).set(id, status));
      }
      timer = setTimeout(() => void look(), statusMs);
    };
    void look();
    return () => {
      over = true;
      clearTimeout(timer);
      setStatuses(new Map()); // one that is analysed again begins anew
    };
  }, [ids]);

  return (
    <Statuses value={statuses}>
      <div ref={area} className="live">
        {through > 0 ? (
          <button type="button" className="btn small pill" onClick={refresh} disabled={pending}>
            {through === 1 ? '1 change' : `${through} changes`}
          </button>
        ) : null}
        {children}
      </div>
    </Statuses>
  );
}

/**
 * Whether a hand is in it: the focus, or a pointer that hovers. Asked for when it matters, since a row that is replaced
 * under a pointer may keep the browser from telling that the pointer left.
 */
function isInUse(area: HTMLElement | null): boolean {
  if (area === null) return false;
  return area.contains(document.activeElement) || (matchMedia('(hover: hover)').matches && area.matches(':hover'));
}
