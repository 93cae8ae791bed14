import type { ReactNode, RefObject } from 'react';
import { formatCount } from '@/lib/units-format';

/** The search field with "n of N"; Enter goes to the next hit, Shift-Enter back. */
export function FlameSearch({
  field,
  query,
  error,
  position,
  count,
  value,
  search,
  step,
  children,
}: {
  readonly field: RefObject<HTMLInputElement | null>;
  readonly query: string;
  readonly error: string | undefined;
  readonly position: number;
  readonly count: number;
  readonly value: string;
  readonly search: (text: string) => void;
  readonly step: (forward: boolean) => void;
  readonly children: ReactNode;
}) {
  return (
    <search className="fg-find">
      <input
        ref={field}
        type="search"
        data-page-search
        className="field"
        aria-label="Search frames"
        placeholder="Search frames, or re:expression"
        value={query}
        aria-invalid={error !== undefined}
        onChange={(event) => search(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') step(!event.shiftKey);
          if (event.key === 'Escape') search('');
        }}
      />
      <output aria-live="polite" className={error === undefined ? undefined : 'fg-error'}>
        {error ?? (query.trim() === '' ? '' : counted(position, count, value))}
      </output>
      <span className="fg-spring" />
      {children}
    </search>
  );
}

function counted(position: number, count: number, value: string): string {
  if (count === 0) return 'no hits';
  return `${position < 0 ? '–' : formatCount(position + 1)} of ${formatCount(count)} · ${value}`;
}
