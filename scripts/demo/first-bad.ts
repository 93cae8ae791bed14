import { z } from 'zod';
import { bareName } from '../../lib/profile/function-name';
import { formatShare, formatWaiting } from '../../lib/units-format';

/** The part of `lockscope/builds/v1` that the sentence needs. */
const BuildsDocument = z.object({
  schema: z.literal('lockscope/builds/v1'),
  builds: z.array(
    z.object({
      build: z.string(),
      locks: z.array(z.object({ lock: z.string(), avg: z.number(), max: z.number() })),
    }),
  ),
  locks: z.array(z.object({ id: z.string(), name: z.string(), holder: z.string().nullable() })),
  firstBad: z.object({ build: z.string(), previous: z.string(), confidence: z.number(), lock: z.string() }).nullable(),
});

export interface FirstBad {
  readonly sentence: string;
  /** Of the page that compares the two builds. */
  readonly path: string;
}

/** Asks which build made a lock worse; undefined when none did. */
export async function findFirstBad(query: {
  readonly url: string;
  readonly token: string | undefined;
  readonly service: string;
  readonly from: string;
}): Promise<FirstBad | undefined> {
  const { url, token, service, from } = query;
  const root = `/services/${encodeURIComponent(service)}`;
  const address = `${url}/api/v1${root}/builds?${new URLSearchParams({ from, to: 'now' })}`;
  const response = await fetch(address, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
  const text = await response.text();
  if (!response.ok) throw new Error(`${address} answered ${response.status}: ${text.slice(0, 300)}`);
  const { firstBad, builds, locks } = BuildsDocument.parse(JSON.parse(text));
  if (firstBad === null) return undefined;
  const cellOf = (name: string) =>
    builds.find(({ build }) => build === name)?.locks.find(({ lock }) => lock === firstBad.lock);
  const [before, after] = [cellOf(firstBad.previous), cellOf(firstBad.build)];
  const lock = locks.find(({ id }) => id === firstBad.lock);
  const holder = lock?.holder === null || lock === undefined ? '' : `, held by ${bareName(lock.holder)}`;
  const sides = new URLSearchParams({
    from,
    to: 'now',
    base: `build:${firstBad.previous}`,
    head: `build:${firstBad.build}`,
  });
  return {
    sentence:
      `First bad build: ${firstBad.build} (confidence ${formatShare(Math.min(firstBad.confidence, 0.9975))}): ` +
      `at ${lock?.name ?? firstBad.lock}${holder}, ${formatWaiting(before?.avg)} goroutines waited on average in ${firstBad.previous}, ` +
      `${formatWaiting(after?.avg)} since; busiest bucket ${formatWaiting(before?.max)}, ${formatWaiting(after?.max)} since.`,
    path: `${root}/compare?${sides}`,
  };
}
