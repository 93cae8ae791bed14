import type { ReactNode } from 'react';

/** A part of a page with its heading, a line beside it, and what stands at the right (legend, links). */
export function Section({
  id,
  title,
  sub,
  right,
  children,
}: {
  readonly id: string;
  readonly title: ReactNode;
  readonly sub?: ReactNode;
  readonly right?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section aria-labelledby={id}>
      <div className="sec">
        <h2 id={id}>{title}</h2>
        {sub === undefined ? null : <span className="sub">{sub}</span>}
        {right === undefined ? null : <span className="right">{right}</span>}
      </div>
      {children}
    </section>
  );
}
