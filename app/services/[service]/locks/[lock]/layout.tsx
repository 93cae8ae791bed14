import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { parseLockId } from '@/lib/contention/identity';

/** What is no lock's id has no page. Above the loading state, so that the answer is a real 404. */
export default async function LockLayout({
  params,
  children,
}: {
  readonly params: Promise<{ readonly lock: string }>;
  readonly children: ReactNode;
}) {
  if (parseLockId((await params).lock) === undefined) notFound();
  return children;
}
