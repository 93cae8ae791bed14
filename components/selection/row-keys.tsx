'use client';
// Client: moves the focus.
import { useShortcut } from '@/components/shell/shortcuts';

/** `j` and `k` move the focus over the elements marked `data-row` inside `data-rows={group}`; Enter is the link's own. */
export function RowKeys({ group, label }: { readonly group: string; readonly label: string }) {
  const move = (step: 1 | -1) => {
    const rows = [...document.querySelectorAll<HTMLElement>(`[data-rows="${group}"] [data-row]`)];
    const current = rows.findIndex((row) => row === document.activeElement || row.contains(document.activeElement));
    const next =
      current < 0 ? (step === 1 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, current + step));
    rows[next]?.focus();
  };
  useShortcut({ keys: 'j', label: `Next ${label}`, group: 'List' }, () => move(1));
  useShortcut({ keys: 'k', label: `Previous ${label}`, group: 'List' }, () => move(-1));
  return null;
}
