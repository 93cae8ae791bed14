'use client';
// Client: a dialog with a text field and a list that follows it.
import { type KeyboardEvent, useMemo, useRef, useState } from 'react';
import { parseTimePhrase } from '@/components/selection/time-phrase';
import { useView } from '@/components/selection/use-view';
import { sharedParams } from '@/lib/selection/view';
import { destinations } from './destinations';
import { allItems } from './palette-index';
import { findItems, type PaletteCapture, type PaletteItem, type PaletteLock } from './palette-items';
import { useShortcut } from './shortcuts';

/** Locks of the current range over all services, asked for when the palette opens. */
export type LoadLocks = (search: string) => Promise<readonly PaletteLock[]>;

/** The newest captures, asked for when the palette opens. */
export type LoadCaptures = () => Promise<readonly PaletteCapture[]>;

/** ⌘K: pages, services, locks, captures, and time phrases. */
export function Palette({
  services,
  loadLocks,
  loadCaptures,
}: {
  readonly services: readonly string[];
  readonly loadLocks: LoadLocks;
  readonly loadCaptures: LoadCaptures;
}) {
  const { path, params, href, go } = useView();
  const dialog = useRef<HTMLDialogElement>(null);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const [locks, setLocks] = useState<readonly PaletteLock[] | 'loading' | 'failed'>('loading');
  const [captures, setCaptures] = useState<readonly PaletteCapture[] | 'loading' | 'failed'>('loading');

  const open = () => {
    setQuery('');
    setAt(0);
    dialog.current?.showModal();
    loadLocks(params.toString()).then(setLocks, () => setLocks('failed'));
    loadCaptures().then(setCaptures, () => setCaptures('failed'));
  };
  useShortcut({ keys: 'mod+k', label: 'Search or jump to', group: 'Go to' }, open);
  // A page with a search of its own has marked the field.
  useShortcut({ keys: '/', label: 'Search the page, or everywhere', group: 'Go to' }, () => {
    const field = document.querySelector<HTMLElement>('main [data-page-search]');
    if (field === null) open();
    else field.focus();
  });

  const items = useMemo(
    () =>
      allItems({
        pages: destinations(path, params, services),
        services,
        locks: Array.isArray(locks) ? locks : [],
        captures: Array.isArray(captures) ? captures : [],
        shared: sharedParams(params),
      }),
    [path, params, services, locks, captures],
  );
  const range = parseTimePhrase(query, Date.now());
  const timeItem: PaletteItem[] =
    range === undefined
      ? []
      : [{ id: 'time', text: `Show ${query.trim()}`, where: 'time range, UTC', search: '', href: href({ ...range }) }];
  const hits = [...timeItem, ...findItems(items, query, 12 - timeItem.length)];
  const chosen = hits[Math.min(at, hits.length - 1)];

  const follow = (item: PaletteItem) => {
    dialog.current?.close();
    go(item.href);
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setAt((at + step + hits.length) % Math.max(1, hits.length));
    } else if (event.key === 'Enter' && chosen !== undefined) {
      event.preventDefault();
      follow(chosen);
    }
  };
  return (
    <>
      <button type="button" className="jump not-phone" onClick={open}>
        Search or jump to <kbd>⌘K</kbd>
      </button>
      <button type="button" className="icon-btn only-phone" aria-label="Search" onClick={open}>
        <svg
          viewBox="0 0 20 20"
          width="20"
          height="20"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.6"
          aria-hidden="true"
        >
          <circle cx="9" cy="9" r="5" />
          <path d="M13 13l4 4" />
        </svg>
      </button>
      <dialog ref={dialog} className="dialog" aria-label="Search or jump to">
        <input
          className="find"
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-hits"
          aria-activedescendant={chosen === undefined ? undefined : `hit-${chosen.id}`}
          aria-label="Service, lock, trace, page or time"
          placeholder="Service, lock, trace, page, or 14:20-14:30 yesterday"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKey}
        />
        <div className="hits" id="palette-hits" role="listbox" aria-label="Results">
          {hits.map((item) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the text field above has the keyboard
            <div
              key={item.id}
              id={`hit-${item.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={item === chosen}
              onClick={() => follow(item)}
            >
              <span className="clip">{item.text}</span>
              <span className="where">{item.where}</span>
            </div>
          ))}
        </div>
        <p className="micro" style={{ padding: '0 16px 12px' }} role="status">
          {hits.length === 0 ? 'Nothing found. ' : ''}
          {locks === 'loading' ? 'Locks are being looked up.' : ''}
          {locks === 'failed' ? 'Locks could not be looked up. ' : ''}
          {captures === 'failed' ? 'Traces could not be looked up.' : ''}
        </p>
      </dialog>
    </>
  );
}
