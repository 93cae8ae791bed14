import Link from 'next/link';
import type { ReactNode } from 'react';

type Look = 'plain' | 'primary' | 'small' | 'quiet';
const classOf = (look: Look) => (look === 'plain' ? 'btn' : `btn ${look}`);

/** A link that looks like a button. Not prefetched: its page may ask the store for much. */
export function LinkButton({
  look = 'plain',
  href,
  children,
}: {
  readonly look?: Look;
  readonly href: string;
  readonly children: ReactNode;
}) {
  return (
    <Link href={href} prefetch={false} className={classOf(look)}>
      {children}
    </Link>
  );
}
