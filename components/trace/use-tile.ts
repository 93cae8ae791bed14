'use client';
// Client: asks the server for what the window shows.
import { startTransition, useEffect, useRef, useState } from 'react';
import type { TraceTile } from '@/lib/query/trace/result';
import { coverOf, covers } from './tile-cover';
import type { TimeWindow } from './time-window';
import { readTile, readTraceAnswer } from './trace-answers';
import type { Viewport } from './viewport';

/** What a tile is of, beside its window. */
export interface TileSubject {
  readonly capture: string;
  readonly lock: string | undefined;
  /** What waits are counted in: the window that the hand rested on. */
  readonly seen: TimeWindow;
  readonly unfold: string | undefined;
  readonly offset: number;
  readonly goroutines: readonly number[];
}

/** Tiles kept for going back. */
const keptTiles = 16;
/** A pan asks once in this time, ms. */
const pauseMs = 50;

/**
 * The tile to draw: the newest one that came for the subject, until a better one is there. Asks ahead while panning and
 * drops questions that were overtaken. `problem` is the server's word for why the last one was not answered.
 */
export function useTile(
  first: TraceTile,
  subject: TileSubject,
  viewport: Viewport,
  width: () => number,
): { readonly tile: TraceTile; readonly problem: string | undefined; readonly pending: boolean } {
  const key = subjectKey(subject);
  const kept = useRef(new Map<string, { readonly key: string; readonly tile: TraceTile }>());
  const [shown, setShown] = useState({ key, tile: first, from: first });
  const [problem, setProblem] = useState<string>();
  const [pending, setPending] = useState(false);
  // The page was read again by the server, with a tile for what it shows now.
  if (shown.from !== first) setShown({ key, tile: first, from: first });

  useEffect(() => {
    let aborter: AbortController | undefined;
    let asked = '';
    let timer: ReturnType<typeof setTimeout> | undefined;
    const kept_ = kept.current;
    const ask = async () => {
      timer = undefined;
      const cover = coverOf(viewport.get(), viewport.durationNs, width());
      const url = tileUrl(subject, cover);
      if (url === asked) return;
      aborter?.abort();
      asked = url;
      aborter = new AbortController();
      setPending(true);
      try {
        const tile = await readTraceAnswer(url, readTile, aborter.signal);
        kept_.set(url, { key, tile });
        if (kept_.size > keptTiles) kept_.delete(kept_.keys().next().value ?? '');
        // Drawn between pictures of a pan, not instead of one.
        startTransition(() => {
          setShown((before) => ({ ...before, key, tile }));
          setProblem(undefined);
          setPending(false);
        });
      } catch (error) {
        if (error instanceof DOMException && error.name === 'AbortError') return;
        asked = '';
        setProblem(error instanceof Error ? error.message : String(error));
        setPending(false);
      }
    };
    const look = () => {
      const window = viewport.get();
      if (shown.key === key && covers(shown.tile, window, viewport.durationNs)) return;
      for (const entry of kept_.values()) {
        if (entry.key !== key || !covers(entry.tile, window, viewport.durationNs)) continue;
        setShown((before) => ({ ...before, key, tile: entry.tile }));
        return;
      }
      timer ??= setTimeout(() => void ask(), pauseMs);
    };
    look();
    const stop = viewport.subscribe(look);
    return () => {
      stop();
      clearTimeout(timer);
      aborter?.abort();
    };
  }, [key, shown, viewport, subject, width]);
  return { tile: shown.tile, problem, pending };
}

const subjectKey = ({ capture, lock, seen, unfold, offset, goroutines }: TileSubject): string =>
  [capture, lock ?? '', seen.fromNs, seen.toNs, unfold ?? '', offset, goroutines.join(',')].join(' ');

function tileUrl(
  { capture, lock, seen, unfold, offset, goroutines }: TileSubject,
  { fromNs, toNs, pixels }: { readonly fromNs: number; readonly toNs: number; readonly pixels: number },
): string {
  const query = new URLSearchParams({ from: String(fromNs), to: String(toNs), pixels: String(pixels) });
  query.set('seen', `${Math.floor(seen.fromNs)}-${Math.ceil(seen.toNs)}`);
  if (lock !== undefined) query.set('lock', lock);
  if (unfold !== undefined) query.set('unfold', unfold);
  if (offset > 0) query.set('offset', String(offset));
  if (goroutines.length > 0) query.set('lanes', goroutines.join(','));
  return `/api/v1/traces/${encodeURIComponent(capture)}/tile?${query}`;
}
