import 'server-only';
import { cache } from 'react';
import { contextIfRunning } from './context';

/** Names of all services that ever sent something, sorted; empty without a server. Asked once a request. */
export const serviceNames = cache(async (): Promise<readonly string[]> => {
  const records = await contextIfRunning()?.catalog.listServices();
  return (records ?? []).map((record) => record.service);
});
