import { captureLockSentence } from '@/app/_captures/capture-sentence';
import type { ListedCapture } from '@/app/_server/captures';
import { code, type Part, type Sentence } from '@/lib/report/sentence';
import { formatPlural } from '@/lib/units-format';

export interface ShownList {
  /** One page, newest first. */
  readonly rows: readonly ListedCapture[];
  readonly total: number;
  /** 1 = the newest. */
  readonly page: number;
  readonly service: string | undefined;
  readonly lockName: string | undefined;
}

/** What the list says first: how many there are, how many cannot be shown yet, and what the newest one says. */
export function headline({ rows, total, page, service, lockName }: ShownList): Sentence {
  const whose: Part[] = [
    ...(service === undefined ? [] : [` of ${service}`]),
    ...(lockName === undefined ? [] : [total === 1 ? ' shows ' : ' show ', code(lockName)]),
  ];
  if (total === 0) {
    if (lockName !== undefined)
      return ['No trace', ...(service === undefined ? [] : [` of ${service}`]), ' shows ', code(lockName), ' yet.'];
    return ['No execution trace', ...whose, ' yet. Drop one here, or record one.'];
  }
  return [`${formatPlural(total, 'trace')}`, ...whose, '.', ...stateOf(rows), ...(page === 1 ? newestOf(rows) : [])];
}

/** What the newest one says that is analysed. */
function newestOf(rows: readonly ListedCapture[]): Sentence {
  const newest = rows.find(({ capture }) => capture.status === 'done');
  if (newest === undefined) return [];
  const { worst } = newest;
  return worst === undefined
    ? [' In the one received last nothing waited for a lock.']
    : [' Received last: ', ...captureLockSentence(worst)];
}

function stateOf(rows: readonly ListedCapture[]): string[] {
  const count = (...statuses: string[]) => rows.filter(({ capture }) => statuses.includes(capture.status)).length;
  const underWay = count('waiting', 'analysing');
  const failed = count('failed');
  return [
    ...(underWay === 0 ? [] : [` ${underWay} being analysed.`]),
    ...(failed === 0 ? [] : [` ${failed} could not be analysed.`]),
  ];
}
