import type { Selection, TypeMatcher } from '@/lib/selection/selection';
import type { View } from '@/lib/selection/view';
import type { SampleStore } from '@/lib/store/port';

export const blockDelay: TypeMatcher = { name: 'block', sampleType: 'delay' };
export const mutexDelay: TypeMatcher = { name: 'mutex', sampleType: 'delay' };

/** What the lists and charts of locks ask of a store. */
export type SampleReads = Pick<SampleStore, 'hotspots' | 'listSeries' | 'series'>;

/** The part of a view that selects windows; an API call or a job has no page around it. */
export type Scope = Pick<View, 'range' | 'matchers'>;

/** The windows of one service and type that a view selects. */
export function selectionOf(service: string, scope: Scope, type: TypeMatcher): Selection {
  return {
    type,
    matchers: [{ name: 'service_name', op: '=', value: service }, ...scope.matchers],
    from: scope.range.from,
    to: scope.range.to,
  };
}
