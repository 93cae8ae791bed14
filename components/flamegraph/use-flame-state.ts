'use client';
// Client: selection, zoom and search live in the URL without a round trip to the server.
import { useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { type ParamChanges, pushParams, replaceParams } from './url-params';

/** Typing and moving reach the URL when they rest. */
const settleMs = 250;

interface Shown {
  /** Undefined = the root. */
  readonly sel: string | undefined;
  readonly q: string | undefined;
  readonly zoom: string | undefined;
}

export interface FlameState {
  readonly selected: string;
  readonly select: (id: string) => void;
  readonly query: string;
  readonly search: (text: string) => void;
  readonly zoom: string | undefined;
  /** A step of the history, with the node selected; undefined shows the whole. */
  readonly zoomTo: (id: string | undefined) => void;
  readonly reset: () => void;
  /** Writes what has not reached the URL yet: before the page goes elsewhere. */
  readonly settle: () => void;
}

/** What is selected, searched and zoomed: parameters `sel`, `q` and `zoom`. It shows at once and reaches the URL after. */
export function useFlameState(rootId: string): FlameState {
  const url = useSearchParams();
  const [shown, setShown] = useState<Shown>(() => shownIn(url));
  const waiting = useRef<ParamChanges>({});
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  // Addresses written here come back through useSearchParams later, maybe after newer ones: they say nothing new.
  const own = useRef(new Set<string>());

  useEffect(() => {
    if (!own.current.has(keyOf(url))) setShown(shownIn(url));
  }, [url]);
  useEffect(() => {
    const onBack = () => {
      own.current.clear();
      setShown(shownIn(new URLSearchParams(location.search)));
    };
    addEventListener('popstate', onBack);
    return () => {
      removeEventListener('popstate', onBack);
      clearTimeout(timer.current);
    };
  }, []);

  const write = (put: (changes: ParamChanges) => void) => {
    clearTimeout(timer.current);
    put(waiting.current);
    waiting.current = {};
    own.current.add(keyOf(new URLSearchParams(location.search)));
  };
  const change = (changes: Partial<Shown>, now: boolean) => {
    setShown((before) => ({ ...before, ...changes }));
    waiting.current = { ...waiting.current, ...changes };
    clearTimeout(timer.current);
    if (now) write(pushParams);
    else timer.current = setTimeout(() => write(replaceParams), settleMs);
  };
  const orUndefined = (id: string | undefined) => (id === rootId ? undefined : id);
  return {
    selected: shown.sel ?? rootId,
    select: (id) => change({ sel: orUndefined(id) }, false),
    query: shown.q ?? '',
    search: (text) => change({ q: text === '' ? undefined : text }, false),
    zoom: shown.zoom,
    zoomTo: (id) => change({ zoom: orUndefined(id), sel: orUndefined(id) }, true),
    reset: () => change({ zoom: undefined, sel: undefined, q: undefined }, true),
    settle: () => write(replaceParams),
  };
}

function shownIn(params: URLSearchParams): Shown {
  const of = (name: string) => params.get(name) ?? undefined;
  return { sel: of('sel'), q: of('q'), zoom: of('zoom') };
}

function keyOf(params: URLSearchParams): string {
  return JSON.stringify(shownIn(params));
}
