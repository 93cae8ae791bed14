import Link from 'next/link';
import { formatFineShare, formatValue } from '@/components/flamegraph/format-value';
import type { LocksResult } from '@/lib/query/result';
import { hrefWith, type View } from '@/lib/selection/view';
import { formatCount, formatPlural } from '@/lib/units-format';
import type { FlameRequest } from './flame-request';
import type { Graph } from './load-graph';
import type { Mode } from './modes';

/** What the graph does not show, each with its amount: idle waits, small frames, stacks left out. */
export function GraphNotes({
  path,
  view,
  mode,
  request,
  graph,
  locks,
}: {
  readonly path: string;
  readonly view: View;
  readonly mode: Mode;
  readonly request: FlameRequest;
  readonly graph: Graph;
  readonly locks: LocksResult;
}) {
  const { trimmed, leftOut, unlisted, mirror } = graph;
  const kind = { unit: mode.unit, type: mode.sampleType };
  const total = graph.down.total + (graph.up?.total ?? 0);
  const hidden = mode.id === 'waiters' && request.lock === undefined && locks.idle.length > 0;
  return (
    <span className="fl-notes">
      {hidden ? (
        <span>
          {view.idle
            ? `${formatPlural(locks.idle.length, 'idle wait')} shown, `
            : `${formatPlural(locks.idle.length, 'idle wait')} hidden, `}
          <Link href={hrefWith(path, view.params, { idle: view.idle ? null : '1' })} prefetch={false}>
            {view.idle ? 'hide' : 'show'}
          </Link>
        </span>
      ) : null}
      {trimmed.nodes === 0 ? null : (
        <span>
          {total > 0 ? formatFineShare(trimmed.value / total) : ''} in {formatCount(trimmed.nodes)} small frames merged
          {view.params.get('more') === '1' ? '' : ', '}
          {view.params.get('more') === '1' ? null : (
            <Link href={hrefWith(path, view.params, { more: '1' })} prefetch={false}>
              show
            </Link>
          )}
        </span>
      )}
      {leftOut > 0 ? <span>{formatValue(leftOut, kind)} left out by the steps</span> : null}
      {unlisted.members > 0 ? (
        <span>
          {formatValue(unlisted.value, kind)} in {formatPlural(unlisted.members, 'further stack')} not listed
        </span>
      ) : null}
      {mode.sampleType === 'delay'
        ? locks.document.notes
            .filter(({ code }) => code === 'over-sample-limit')
            .map(({ code, message }) => <span key={code}>{message}</span>)
        : null}
      {mirror !== undefined && mirror.unplaced.waited > 0 ? (
        <span>
          {formatValue(mirror.unplaced.waited, kind)} waited elsewhere than at{' '}
          {request.lock === undefined ? 'locks' : 'this lock'}
        </span>
      ) : null}
    </span>
  );
}
