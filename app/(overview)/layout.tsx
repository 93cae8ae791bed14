import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { contextIfRunning } from '@/app/_server/context';
import { serviceNames } from '@/app/_server/services';

/** Before any service has sent something there is one thing to do. Above the loading state, so that it is a real redirect. */
export default async function OverviewLayout({ children }: { readonly children: ReactNode }) {
  if (contextIfRunning() !== undefined && (await serviceNames()).length === 0) redirect('/connect');
  return children;
}
