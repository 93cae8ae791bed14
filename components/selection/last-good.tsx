'use client';
// Client: remembers what was on screen before a read failed.
import { type ReactNode, useState } from 'react';

/**
 * Shows its children, or, when the last read failed, the `problem` above what the same page showed before, dimmed.
 * Without an earlier success, and when `of` has changed since, the problem stands below `head` alone.
 */
export function LastGood({
  of,
  problem,
  head,
  children,
}: {
  /** What the children are about: an address. Numbers of another one are not kept. */
  readonly of: string;
  readonly problem?: ReactNode;
  readonly head?: ReactNode;
  readonly children?: ReactNode;
}) {
  const [good, setGood] = useState({ of, children });
  if (problem === undefined) {
    if (good.children !== children || good.of !== of) setGood({ of, children });
    return children;
  }
  const keeps = good.of === of && good.children !== undefined;
  return (
    <>
      {keeps ? null : head}
      {problem}
      {keeps ? (
        <section className="outdated" aria-label="Read before that">
          {good.children}
        </section>
      ) : null}
    </>
  );
}
