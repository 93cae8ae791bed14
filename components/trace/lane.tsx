import type { ReactNode } from 'react';

/** One row of the picture: what it is at the left, above it on a phone, then its plot. */
export function Lane({
  name,
  sub,
  chosen = false,
  children,
}: {
  readonly name: ReactNode;
  readonly sub?: ReactNode;
  /** The goroutine that was jumped to. */
  readonly chosen?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div className="lane" data-chosen={chosen || undefined}>
      <div className="n">
        <b>{name}</b>
        {sub === undefined ? null : <span>{sub}</span>}
      </div>
      {children}
    </div>
  );
}
