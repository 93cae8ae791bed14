import type { DeployRecord } from '@/lib/catalog/builds';

/** A deploy as timelines mark it. */
export interface DeployMark {
  readonly at: number;
  readonly text: string;
}

/**
 * Deploys of one service inside a range, oldest first, for its timelines. The first of all is where its history
 * begins, not a deploy, unless somebody told of it.
 */
export function deployMarks(
  deploys: readonly DeployRecord[],
  range: { readonly from: number; readonly to: number },
): DeployMark[] {
  return deploys
    .filter(({ source }, index) => index > 0 || source === 'api')
    .filter(({ at }) => at > range.from && at < range.to)
    .map(({ at, build, note }) => ({ at, text: note === undefined ? `deploy ${build}` : `deploy ${build}: ${note}` }));
}
