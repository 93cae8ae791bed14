'use client';
// Client: preferences kept in this browser.
import { useSingleKeys } from './shortcuts';
import type { Theme } from './theme';
import { useTheme } from './use-theme';

const themes: readonly { readonly value: Theme; readonly text: string }[] = [
  { value: 'system', text: 'As the system' },
  { value: 'light', text: 'Light' },
  { value: 'dark', text: 'Dark' },
];

/** Theme and single-key shortcuts. */
export function PreferenceSwitches() {
  const [theme, setTheme] = useTheme();
  const [keys, setKeys] = useSingleKeys();
  return (
    <div className="switches">
      <fieldset>
        <legend className="muted">Theme</legend>
        {themes.map(({ value, text }) => (
          <label key={value}>
            <input type="radio" name="theme" checked={theme === value} onChange={() => setTheme(value)} /> {text}
          </label>
        ))}
      </fieldset>
      <label>
        <input type="checkbox" checked={keys} onChange={(event) => setKeys(event.target.checked)} /> Single-key
        shortcuts (<kbd>j</kbd> <kbd>k</kbd> <kbd>[</kbd> <kbd>]</kbd> …); ⌘K works always
      </label>
    </div>
  );
}
