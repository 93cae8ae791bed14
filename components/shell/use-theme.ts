'use client';
// Client: a preference kept in the browser.
import { useSyncExternalStore } from 'react';
import { type Theme, themeKey } from './theme';

/** The stored theme and how to change it. On the server, and until hydrated, "system". */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const theme = useSyncExternalStore(subscribe, stored, (): Theme => 'system');
  const set = (next: Theme) => {
    if (next === 'system') localStorage.removeItem(themeKey);
    else localStorage.setItem(themeKey, next);
    dispatchEvent(new Event(themeKey));
  };
  return [theme, set];
}

/** The other one of light and dark than is on screen now. */
export function otherTheme(): Theme {
  return document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark';
}

function stored(): Theme {
  const text = localStorage.getItem(themeKey);
  return text === 'light' || text === 'dark' ? text : 'system';
}

function subscribe(listener: () => void): () => void {
  addEventListener(themeKey, listener);
  addEventListener('storage', listener);
  return () => {
    removeEventListener(themeKey, listener);
    removeEventListener('storage', listener);
  };
}
