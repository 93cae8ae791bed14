'use client';
// Client: keyboard events, and a preference kept in the browser.
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useId,
  useMemo,
  useRef,
  useSyncExternalStore,
} from 'react';
import { keyName, matchKeys } from './shortcut-keys';

export interface Shortcut {
  readonly keys: string;
  readonly label: string;
  readonly group: 'Go to' | 'Time' | 'List' | 'Page';
}

interface Registry {
  readonly add: (id: string, shortcut: Shortcut, run: () => void) => () => void;
  readonly subscribe: (listener: () => void) => () => void;
  readonly list: () => readonly Shortcut[];
}

const Shortcuts = createContext<Registry | undefined>(undefined);
const preference = 'lockscope.shortcuts';
const preferenceChanged = 'lockscope:shortcuts';

/** Listens to the keyboard for everything registered below it with `useShortcut`. */
export function ShortcutProvider({ children }: { readonly children: ReactNode }) {
  const entries = useRef(new Map<string, { readonly shortcut: Shortcut; readonly run: () => void }>());
  const registry = useMemo(() => createRegistry(entries.current), []);
  useEffect(() => {
    let pending: string | undefined;
    let forget: ReturnType<typeof setTimeout> | undefined;
    const onKey = (event: KeyboardEvent) => {
      const key = keyName(event);
      if (key === undefined || event.defaultPrevented || event.isComposing) return;
      if (!key.startsWith('mod+') && (!singleKeysOn() || isTyping(event.target) || dialogOpen())) return;
      if ((key === 'Enter' || key === 'Space') && hasOwnKey(event.target)) return;
      const found = matchKeys(
        pending,
        key,
        [...entries.current.values()].map((entry) => entry.shortcut.keys),
      );
      pending = found.pending;
      clearTimeout(forget);
      forget = setTimeout(() => {
        pending = undefined;
      }, 1200);
      // The newest registration wins: a panel's key covers the page's while it is open.
      const entry = [...entries.current.values()].findLast((each) => each.shortcut.keys === found.match);
      if (entry === undefined) return;
      event.preventDefault();
      entry.run();
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
      clearTimeout(forget);
    };
  }, []);
  return <Shortcuts value={registry}>{children}</Shortcuts>;
}

function createRegistry(entries: Map<string, { readonly shortcut: Shortcut; readonly run: () => void }>): Registry {
  const listeners = new Set<() => void>();
  let list: readonly Shortcut[] = [];
  const changed = () => {
    const seen = new Set<string>();
    list = [...entries.values()]
      .map((entry) => entry.shortcut)
      .filter((each) => !seen.has(each.keys) && seen.add(each.keys));
    for (const listener of listeners) listener();
  };
  return {
    add(id, shortcut, run) {
      entries.set(id, { shortcut, run });
      changed();
      return () => {
        entries.delete(id);
        changed();
      };
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    list: () => list,
  };
}

/** Registers a shortcut while the component is mounted; the `?` sheet lists it. `keys`: `j`, `g o`, `mod+k`, `Enter`. */
export function useShortcut(shortcut: Shortcut, run: () => void): void {
  const registry = useContext(Shortcuts);
  const id = useId();
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  const { keys, label, group } = shortcut;
  useEffect(
    () => registry?.add(id, { keys, label, group }, () => latest.current()),
    [registry, id, keys, label, group],
  );
}

const none: readonly Shortcut[] = [];

/** What is registered now, for the sheet. */
export function useShortcutList(): readonly Shortcut[] {
  const registry = useContext(Shortcuts);
  return useSyncExternalStore(registry?.subscribe ?? (() => () => {}), registry?.list ?? (() => none), () => none);
}

/** Whether single keys act, and how to change it; kept in this browser. */
export function useSingleKeys(): readonly [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(onPreference, singleKeysOn, () => true);
  const set = (value: boolean) => {
    localStorage.setItem(preference, value ? 'on' : 'off');
    dispatchEvent(new Event(preferenceChanged));
  };
  return [on, set];
}

function onPreference(listener: () => void): () => void {
  addEventListener(preferenceChanged, listener);
  addEventListener('storage', listener);
  return () => {
    removeEventListener(preferenceChanged, listener);
    removeEventListener('storage', listener);
  };
}

function singleKeysOn(): boolean {
  return localStorage.getItem(preference) !== 'off';
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}

/** Enter and Space of a link or button are its own. */
function hasOwnKey(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('a, button, summary, [role="group"]') !== null;
}

function dialogOpen(): boolean {
  return document.querySelector('dialog[open]') !== null;
}
