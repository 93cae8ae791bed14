'use client';
// Client: remembers what was on screen before a read failed.
import { type ReactNode, useState } from 'react';

/**
 * Shows its children, or, when the last read failed, the `problem` above what the same page showed before, dimmed.
 * Without an earlier success, and when `of` has changed since, the problem stands alone.
 */
export function LastGood({
  of,
  problem,
  children,
}: {
  /** What the children are about: an address. Numbers of another one are not kept. */
  readonly of: string;
  readonly problem?: ReactNode;
  readonly children?: ReactNode;
}) {
  const [good, setGood] = useState({ of, children });
  if (problem === undefined) {
    if (good.children !== children || good.of !== of) setGood({ of, children });
    return children;
  }
  return (
    <>
      {problem}
      {good.of === of && good.children !== undefined ? (
        <section className="outdated" aria-label="Read before that">
          {good.children}
        </section>
      ) : null}
    </>
  );
}
