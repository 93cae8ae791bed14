import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { contextIfRunning } from '@/app/_server/context';
import { serviceNames } from '@/app/_server/services';

/** A service that never sent anything has no pages. Above the loading state, so that the answer is a real 404. */
export default async function ServiceLayout({
  params,
  children,
}: {
  readonly params: Promise<{ readonly service: string }>;
  readonly children: ReactNode;
}) {
  const service = decodeURIComponent((await params).service);
  if (contextIfRunning() !== undefined && !(await serviceNames()).includes(service)) notFound();
  return children;
}
