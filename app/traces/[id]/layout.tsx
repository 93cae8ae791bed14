import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { attempt } from '@/app/_server/attempt';
import { contextIfRunning } from '@/app/_server/context';

/** A capture that is not there has no page. Above the loading state, so that the answer is a real 404. */
export default async function CaptureLayout({
  params,
  children,
}: {
  readonly params: Promise<{ readonly id: string }>;
  readonly children: ReactNode;
}) {
  const { id } = await params;
  const running = contextIfRunning();
  if (running === undefined) return children;
  // A catalogue that cannot be read is told of by the page.
  const known = await attempt(() => running.catalog.getCapture(id));
  if (known.ok && known.value === undefined) notFound();
  return children;
}
