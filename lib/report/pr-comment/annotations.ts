import { formatLockWaiting, lockUnitWords } from '@/lib/report/diff-sentence';
import type { CommentContext, Compared } from './context';
import { touchedAt } from './touched-at';
import { changesOf } from './worse';

/** A remark beside a line of the pull request's diff. Plain text. */
export interface Annotation {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

const mostAnnotations = 10;

/** Where worse locks are held, on lines that the pull request touched; at most ten, the worst first. */
export function annotationsOf(comparison: Compared, touched: CommentContext['touched']): Annotation[] {
  const { locks } = changesOf(comparison, 'regression');
  const remarks = locks.flatMap(({ name, holder, waiting: { unit, base, head } }): Annotation[] => {
    const file = holder === null ? undefined : touchedAt(holder, touched);
    if (holder === null || file === undefined) return [];
    const values = `${formatLockWaiting(base.median, unit)} to ${formatLockWaiting(head.median, unit)}`;
    return [{ file, line: holder.line, message: `${name} is held here: ${values} ${lockUnitWords(unit)}.` }];
  });
  return remarks.slice(0, mostAnnotations);
}
