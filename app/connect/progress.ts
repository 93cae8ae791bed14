import type { ProfileFact, TargetRecord } from '@/lib/catalog/port';
import type { LocksResult } from '@/lib/query/result';
import { formatPlural } from '@/lib/units-format';

export interface Tick {
  readonly name: string;
  /** done, the one awaited now, later, or stuck with a reason. */
  readonly state: 'done' | 'now' | 'later' | 'stuck';
  readonly detail: string;
}

/** What is known about one service that is being connected. */
export interface Connecting {
  readonly targets: readonly TargetRecord[];
  /** Its last minutes; undefined before anything was stored. */
  readonly result: LocksResult | undefined;
}

/**
 * The five ticks from nothing to the first lock, in order. The first open one is `now`, or `stuck` when the data say
 * why it cannot come; those after it are `later`.
 */
export function connectTicks({ targets, result }: Connecting): readonly Tick[] {
  const answered = targets.find((target) => target.lastScrape !== undefined && target.lastScrape.error === undefined);
  const failing = targets.find((target) => target.lastScrape?.error !== undefined);
  const stored = (result?.coverage.pods.length ?? 0) > 0;
  const block = profileOf(targets, 'block');
  const mutex = profileOf(targets, 'mutex');
  const deltas = result?.coverage.windows ?? 0;
  const locks = result?.locks.length ?? 0;
  const steps: readonly { name: string; done: boolean; detail: string; stuck: string | undefined }[] = [
    {
      name: 'Connected',
      done: stored || answered !== undefined,
      detail: whoAnswers(answered, result),
      stuck: failing === undefined ? undefined : `${failing.url}: ${failing.lastScrape?.error ?? ''}`,
    },
    {
      name: 'Block profile is on',
      done: isOn(block, result?.coverage.block.windows),
      detail: stacksText(block),
      stuck: offText(block, stored, 'runtime.SetBlockProfileRate(1_000_000)'),
    },
    {
      name: 'Mutex profile is on',
      done: isOn(mutex, result?.coverage.mutex.windows),
      detail: stacksText(mutex),
      stuck: offText(mutex, stored, 'runtime.SetMutexProfileFraction(1)'),
    },
    {
      name: 'First window',
      done: deltas > 0,
      detail: deltas > 0 ? formatPlural(deltas, 'profile') : answered === undefined ? '' : 'needs a second reading',
      stuck: undefined,
    },
    {
      name: 'First lock',
      done: locks > 0,
      detail: locks > 0 ? formatPlural(locks, 'lock') : deltas > 0 ? 'nothing waited at a lock yet' : '',
      stuck: undefined,
    },
  ];
  const open = steps.findIndex((step) => !step.done);
  return steps.map(({ name, done, detail, stuck }, index) => {
    if (done) return { name, state: 'done', detail };
    if (stuck !== undefined && index <= open + 1) return { name, state: 'stuck', detail: stuck };
    return { name, state: index === open ? 'now' : 'later', detail: index === open ? detail : '' };
  });
}

/** The fact of one profile with most samples: one pod that has any shows that it can be on. */
function profileOf(targets: readonly TargetRecord[], name: string): ProfileFact | undefined {
  return targets
    .flatMap((target) => target.facts)
    .filter((fact) => fact.profile === name)
    .sort((a, b) => (b.samples ?? -1) - (a.samples ?? -1))[0];
}

/** An empty profile may be an off one; clients that push send none when it is off. */
function isOn(fact: ProfileFact | undefined, windows: number | undefined): boolean {
  return fact === undefined ? (windows ?? 0) > 0 : fact.ok && (fact.samples ?? 0) > 0;
}

function stacksText(fact: ProfileFact | undefined): string {
  return fact?.samples === undefined ? '' : formatPlural(fact.samples, 'stack');
}

/** Why a profile does not come, once others do: the scraper's own words, or the line that is missing. */
function offText(fact: ProfileFact | undefined, stored: boolean, line: string): string | undefined {
  if (fact !== undefined && !fact.ok) return fact.detail;
  if (fact !== undefined && fact.samples === 0) return `empty: nothing recorded yet, or off: ${line}`;
  return fact === undefined && stored ? `other profiles arrive, this one does not: ${line}` : undefined;
}

function whoAnswers(target: TargetRecord | undefined, result: LocksResult | undefined): string {
  const go = result?.coverage.sampling.goVersion;
  const from = target === undefined ? formatPlural(result?.coverage.pods.length ?? 0, 'pod') : new URL(target.url).host;
  if (target === undefined && result === undefined) return '';
  return go === undefined ? from : `${from}, Go ${go.replace(/^go/, '')}`;
}
