import { z } from 'zod';
import { formatWaiting } from '../../lib/units-format';

const Site = z.object({ function: z.string(), file: z.string(), line: z.number() });

/** The part of `lockscope/top/v1` that the sentence needs. */
const TopDocument = z.object({
  schema: z.literal('lockscope/top/v1'),
  locks: z.array(
    z.object({
      id: z.string(),
      waiting: z.object({
        max: z.number().nullable(),
        maxAt: z.string().nullable(),
        bucketSeconds: z.number().nullable(),
      }),
      waiters: z.array(z.object({ site: Site })),
      holders: z.array(z.object({ site: Site })),
    }),
  ),
});
type Lock = z.infer<typeof TopDocument>['locks'][number];
type Site = z.infer<typeof Site>;

export interface LockQuery {
  readonly url: string;
  readonly token: string | undefined;
  readonly service: string;
  /** As in the pages' URLs, such as `now-20m`. */
  readonly from: string;
  readonly pods: readonly string[];
}

export interface Culprit {
  readonly lock: Lock;
  /** Where the lock was at its worst. */
  readonly pod: string | undefined;
}

/**
 * Asks the server for the first lock of its list; undefined when the answer has none.
 * The pod is the one whose own list has the largest maximum of that lock.
 */
export async function findCulprit(query: LockQuery): Promise<Culprit | undefined> {
  const [lock] = await askLocks(query);
  if (lock === undefined) return undefined;
  const perPod = await Promise.all(
    query.pods.map(async (pod) => {
      const same = (await askLocks(query, pod)).find(({ id }) => id === lock.id);
      return { pod, max: same?.waiting.max ?? 0 };
    }),
  );
  const [worst] = perPod.toSorted((a, b) => b.max - a.max);
  return { lock, pod: worst?.pod };
}

/** Who waits, who holds and how bad it was, in one sentence; parts that the answer does not have are left out. */
export function describeCulprit({ lock, pod }: Culprit): string {
  const [waiter] = lock.waiters;
  const [holder] = lock.holders;
  const who = [
    waiter === undefined ? 'goroutines wait' : `${nameSite(waiter.site)} waits`,
    holder === undefined ? 'for a lock whose holder is not known' : `for the lock that ${nameSite(holder.site)} holds`,
  ].join(' ');
  const { max, bucketSeconds, maxAt } = lock.waiting;
  const where = [
    bucketSeconds === null ? undefined : `over one window of ${Math.round(bucketSeconds)} s`,
    pod === undefined ? undefined : `in pod ${pod}`,
    maxAt === null ? undefined : `at ${maxAt.slice(11, 19)} UTC`,
  ].filter((part) => part !== undefined);
  const howBad =
    max === null ? '' : `; at worst ${formatWaiting(max)} goroutines were waiting on average ${where.join(' ')}`;
  return `Culprit: ${who}${howBad}.`;
}

async function askLocks({ url, token, service, from }: LockQuery, pod?: string): Promise<Lock[]> {
  const parameters = new URLSearchParams({ from, to: 'now', ...(pod === undefined ? {} : { pod }) });
  const address = `${url}/api/v1/services/${encodeURIComponent(service)}/locks?${parameters}`;
  const response = await fetch(address, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
  const text = await response.text();
  if (!response.ok) throw new Error(`${address} answered ${response.status}: ${text.slice(0, 300)}`);
  return TopDocument.parse(JSON.parse(text)).locks;
}

/** `config.(*OrderConfigManager).GetConfig (manager.go:24)`: package path and folders are left out. */
function nameSite({ function: name, file, line }: Site): string {
  return `${name.slice(name.lastIndexOf('/') + 1)} (${file.slice(file.lastIndexOf('/') + 1)}:${line})`;
}
