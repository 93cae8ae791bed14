import type { TraceConvoyRow } from '@/lib/query/trace/result';

type Doing = TraceConvoyRow['doing'];

const names: readonly (readonly [keyof Doing, string])[] = [
  ['running', 'running'],
  ['runnable', 'runnable'],
  ['syscall', 'system calls'],
  ['network', 'network wait'],
  ['lock', 'waiting for another lock'],
  ['sleep', 'sleeping'],
  ['gc', 'GC work'],
  ['other', 'channels and other waits'],
];

/** What a holder did meanwhile as shares of the certain time, largest first; parts below half a percent are left out. */
export function doingParts(doing: Doing): readonly { readonly name: string; readonly share: number }[] {
  const all = names.reduce((sum, [key]) => sum + doing[key], 0);
  if (all === 0) return [];
  return names
    .map(([key, name]) => ({ name, share: doing[key] / all }))
    .filter(({ share }) => share >= 0.005)
    .sort((a, b) => b.share - a.share);
}
