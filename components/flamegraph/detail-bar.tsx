import type { FlameNode } from '@/lib/flamegraph/flame-node';
import { placeOf } from '@/lib/profile/function-name';
import { formatCount, formatDuration, formatWaiting } from '@/lib/units-format';
import type { FlameAction } from './flame-keys';
import { formatFineShare, formatValue, type ValueKind } from './format-value';
import type { SiteFacts } from './frame-facts';

const actions: readonly { readonly name: string; readonly key: string; readonly action: FlameAction }[] = [
  { name: 'Zoom', key: '↵', action: { do: 'zoom' } },
  { name: 'Focus', key: 'f', action: { do: 'transform', kind: 'focus' } },
  { name: 'Sandwich', key: 's', action: { do: 'sandwich' } },
  { name: 'Merge into caller', key: 'm', action: { do: 'transform', kind: 'merge' } },
  { name: 'Collapse package', key: 'c', action: { do: 'transform', kind: 'collapse' } },
  { name: 'Drop stacks', key: 'd', action: { do: 'transform', kind: 'drop' } },
  { name: 'Copy name', key: '⌘C', action: { do: 'copy' } },
];

/** An overlay's tree is not folded anew: it is zoomed and read. */
function offered(overlaid: boolean): typeof actions {
  return overlaid ? actions.filter(({ action }) => action.do === 'zoom' || action.do === 'copy') : actions;
}

/** The fixed line below the graph: the frame under the pointer, else the selected one, and what can be done with it. */
export function DetailBar({
  node,
  total,
  kind,
  facts,
  says,
  choosable,
  act,
  copied,
}: {
  readonly node: FlameNode;
  readonly total: number;
  readonly kind: ValueKind;
  readonly facts: SiteFacts | undefined;
  /** What an overlay tells of the frame, in place of its value. */
  readonly says: string | undefined;
  /** False while the root is selected, on which the actions have nothing to do. */
  readonly choosable: boolean;
  readonly act: (action: FlameAction) => void;
  readonly copied: boolean;
}) {
  return (
    <div className="fg-detail" data-testid="flame-detail">
      <div className="fg-what">
        <code>
          <b>{frameTitle(node)}</b>
        </code>
        <span className="muted">{[placeOf(node), facts?.kind].filter(Boolean).join(' · ')}</span>
        <span>
          <span className="fg-big">{says ?? formatValue(node.total, kind)}</span>{' '}
          {total > 0 ? formatFineShare(node.total / total) : ''}
        </span>
        {node.self > 0 && node.self < node.total ? <span>self {formatValue(node.self, kind)}</span> : null}
        {facts === undefined ? null : <LockFacts facts={facts} />}
      </div>
      <div className="fg-does">
        {offered(says !== undefined).map(({ name, key, action }) => (
          <button
            key={name}
            type="button"
            className="btn small"
            disabled={!choosable && action.do !== 'copy'}
            onClick={() => act(action)}
          >
            {name === 'Copy name' && copied ? 'Copied' : name} <kbd>{key}</kbd>
          </button>
        ))}
      </div>
    </div>
  );
}

function frameTitle(node: FlameNode): string {
  if (node.merged > 0) return `${formatCount(node.merged)} small frames merged`;
  return node.name === 'root' ? 'all stacks' : node.name;
}

function LockFacts({ facts }: { readonly facts: SiteFacts }) {
  return (
    <>
      <span>
        <span className="fg-big bad">{formatWaiting(facts.max)}</span> busiest
        {facts.bucketSeconds === null ? '' : ` ${formatDuration(facts.bucketSeconds)}`}, average{' '}
        {formatWaiting(facts.avg)} at{' '}
        {facts.lockHref === undefined ? facts.lockName : <a href={facts.lockHref}>{facts.lockName}</a>}
      </span>
      <span>
        {formatCount(facts.events)} events
        {facts.meanSeconds === null ? '' : ` × ${formatDuration(facts.meanSeconds)}`}
      </span>
    </>
  );
}
