import { bareName } from '@/lib/profile/function-name';
import type { BuildsResult, BuildsRow } from '@/lib/query/builds';
import { formatDuration, formatPlural, formatShare, formatWaiting } from '@/lib/units-format';
import { alarm, code, type Sentence, strong } from './sentence';

/** The first sentence of the page of builds: the build that made a lock worse, or what can be said instead. */
export function buildsSentence({ builds, rows, worst, tooShort }: BuildsResult): Sentence {
  const [only] = builds;
  if (worst?.firstBad !== undefined) {
    const { entry, firstBad } = worst;
    return [
      'First bad build: ',
      alarm(firstBad.build),
      ` (confidence ${confidenceText(firstBad.confidence)}): `,
      code(entry.lock.name),
      ' waits more than in ',
      strong(firstBad.previous),
      '.',
    ];
  }
  if (rows.length === 0) return ['No goroutine waited at a lock in this range, in any build.'];
  if (only !== undefined && builds.length === 1) {
    return ['Only build ', strong(only.build), ' reported in this range: there is nothing to compare it with.'];
  }
  if (builds.length - tooShort.length < 2) {
    return ['No verdict: fewer than two builds reported long enough in this range.'];
  }
  return [
    `No build made a lock worse, as far as these ${formatPlural(builds.length - tooShort.length, 'build')} tell.`,
  ];
}

/** Below it: how much worse and who holds the lock, then how it was judged. */
export function buildsBecause({ builds, worst, windowSeconds, tooShort }: BuildsResult): Sentence {
  const judged = builds.length - tooShort.length;
  const how = `Judged by windows of ${formatDuration(windowSeconds)} of single pods.`;
  const short = tooShort.length === 0 ? '' : ` Too short to be judged: ${tooShort.join(', ')}.`;
  if (worst?.firstBad === undefined) return judged < 2 ? [short.trim()] : [how, short];
  const change = changeOf(worst, builds);
  const holder = worst.entry.lock.holders[0];
  return [
    'Goroutines waiting per pod: average ',
    strong(`${formatWaiting(change.before?.avg)} → ${formatWaiting(change.after?.avg)}`),
    ', busiest bucket ',
    strong(`${formatWaiting(change.before?.max)} → ${formatWaiting(change.after?.max)}`),
    '. ',
    ...(holder === undefined || worst.entry.lock.link === 'Unlinked'
      ? []
      : [
          worst.entry.lock.link === 'Inferred' ? 'Probably held by ' : 'Held by ',
          strong(bareName(holder.site.function)),
          '. ',
        ]),
    how,
    short,
  ];
}

/** Confidence of a named build: the share of resamplings that name it, of 200, so that all of them are no certainty. */
export function confidenceText(confidence: number): string {
  return formatShare(Math.min(confidence, 0.9975));
}

/** The cells of the two builds of a row's change. */
function changeOf({ cells, firstBad }: BuildsRow, builds: BuildsResult['builds']) {
  const cellOf = (name: string | undefined) => cells[builds.findIndex(({ build }) => build === name)] ?? undefined;
  return { before: cellOf(firstBad?.previous), after: cellOf(firstBad?.build) };
}
