import { boxOf, type Forest } from '@/lib/flamegraph/forest';
import { shortName } from '@/lib/profile/function-name';
import { formatValue, type ValueKind } from './format-value';

/** The row both halves share: the locks of a mirror, the function of a sandwich. Its keyboard is the tree's. */
export function MiddleRow({
  forest,
  depth,
  zoom,
  selected,
  kind,
  onClick,
}: {
  readonly forest: Forest;
  readonly depth: number;
  readonly zoom: string | undefined;
  readonly selected: string;
  readonly kind: ValueKind;
  readonly onClick: (id: string) => void;
}) {
  const zoomed = zoom === undefined ? undefined : boxOf(forest, zoom);
  const from = zoomed?.x ?? 0;
  const scale = 1 / (zoomed?.width || 1);
  const cells = [...forest.down.values()].filter((box) => box.depth === depth);
  return (
    <div className="fg-middle" aria-hidden="true">
      {cells.map(({ node, x, width }) => {
        const left = Math.max(0, (x - from) * scale);
        const right = Math.min(1, (x + width - from) * scale);
        if (right - left < 0.002) return null;
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the tree around it has the keys
          <div
            key={node.id}
            title={`${node.name}, ${formatValue(node.total, kind)}`}
            data-on={node.id === selected || undefined}
            style={{ left: `${left * 100}%`, width: `calc(${(right - left) * 100}% - 1px)` }}
            onClick={() => onClick(node.id)}
          >
            {shortName(node.name)}
            <small>{formatValue(node.total, kind)}</small>
          </div>
        );
      })}
    </div>
  );
}
