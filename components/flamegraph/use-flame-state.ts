'use client';
// Client: selection, zoom and search live in the URL without a round trip to the server.
import { useSearchParams } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { pushParams, replaceParams } from './url-params';

const settleMs = 250;

/** A text that changes at once here and reaches the URL when it rests; a change of the URL comes back. */
function useParam(name: string, initial: string): readonly [string, (value: string) => void] {
  const fromUrl = useSearchParams().get(name) ?? initial;
  const [value, setValue] = useState(fromUrl);
  const written = useRef(fromUrl);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (fromUrl === written.current) return;
    written.current = fromUrl;
    setValue(fromUrl);
  }, [fromUrl]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const change = (next: string) => {
    setValue(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      written.current = next;
      replaceParams({ [name]: next === initial ? undefined : next });
    }, settleMs);
  };
  return [value, change];
}

export interface FlameState {
  readonly selected: string;
  readonly select: (id: string) => void;
  readonly query: string;
  readonly search: (text: string) => void;
  readonly zoom: string | undefined;
  /** A step of the history; undefined shows the whole. */
  readonly zoomTo: (id: string | undefined) => void;
  readonly reset: () => void;
}

/** What is selected, searched and zoomed: parameters `sel`, `q` and `zoom`. */
export function useFlameState(rootId: string): FlameState {
  const zoom = useSearchParams().get('zoom') ?? undefined;
  const [selected, select] = useParam('sel', rootId);
  const [query, search] = useParam('q', '');
  return {
    selected,
    select,
    query,
    search,
    zoom,
    zoomTo: (id) => pushParams({ zoom: id === rootId ? undefined : id, sel: id === rootId ? undefined : id }),
    reset: () => {
      select(rootId);
      search('');
      pushParams({ zoom: undefined, sel: undefined, q: undefined });
    },
  };
}
