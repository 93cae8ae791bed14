'use client';
// Client: changes the theme of this browser.
import { otherTheme, useTheme } from './use-theme';

export function ThemeButton() {
  const [, setTheme] = useTheme();
  return (
    <button
      type="button"
      className="icon-btn"
      aria-label="Switch between light and dark"
      onClick={() => setTheme(otherTheme())}
    >
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
        <circle cx="10" cy="10" r="6.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M10 3.5a6.5 6.5 0 0 1 0 13z" fill="currentColor" />
      </svg>
    </button>
  );
}
