import { readFileSync } from 'node:fs';
import { z } from 'zod';

const window = z.object({ getConfig: z.object({ waitedSeconds: z.number() }) });
const site = z.object({ function: z.string(), file: z.string(), line: z.number() });
const schema = z.object({
  service: z.string(),
  go: z.string(),
  uploadSeconds: z.number(),
  pods: z.array(z.string()),
  locks: z.array(z.object({ name: z.string(), waiter: site, holder: site })),
  builds: z.array(z.object({ build: z.string(), heldMs: z.object({ least: z.number(), most: z.number() }) })),
  processes: z.array(
    z.object({
      pod: z.string(),
      build: z.string(),
      flags: z.object({ reload: z.string(), phase: z.string() }),
      reloads: z.array(z.object({ start: z.iso.datetime() })),
      windows: z.array(window),
    }),
  ),
});

/** What the recorded service measured of itself while it was recorded. */
export const truth = schema.parse(
  JSON.parse(readFileSync(new URL('../../examples/recorded/order-service.truth.json', import.meta.url), 'utf8')),
);

const processesOf = (build: string) => truth.processes.filter((process) => process.build === build);

/** Goroutines waiting for the configuration in the busiest window of one pod: seconds waited over the window's length. */
export function busiestWindow(build: string): number {
  const seconds = processesOf(build).flatMap(({ windows }) => windows.map(({ getConfig }) => getConfig.waitedSeconds));
  return Math.max(...seconds) / truth.uploadSeconds;
}

/**
 * Pods of a build in the order of their first reload: the order of their stalls. Those that reload within one upload of
 * each other are one group: whose window begins first decides in which bucket each of their stalls counts.
 */
export function podsInOrderOfStalls(build: string): readonly (readonly string[])[] {
  const starts = processesOf(build)
    .map(({ pod, reloads }) => ({ pod, at: Date.parse(reloads[0]?.start ?? '9999-01-01T00:00:00Z') }))
    .sort((a, b) => a.at - b.at);
  const groups: { readonly at: number; readonly pods: string[] }[] = [];
  for (const { pod, at } of starts) {
    const last = groups.at(-1);
    if (last !== undefined && at - last.at < truth.uploadSeconds * 1_000) last.pods.push(pod);
    else groups.push({ at, pods: [pod] });
  }
  return groups.map(({ pods }) => pods);
}

const [first, second] = truth.builds;
const [lock] = truth.locks;
if (first === undefined || second === undefined || lock === undefined)
  throw new Error('the recording is not of two builds');

export const quietBuild = first;
export const badBuild = second;
/** The lock of the incident. */
export const culprit = lock;

/** `config.(*Manager).Get` → `Get`. */
export function lastName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
