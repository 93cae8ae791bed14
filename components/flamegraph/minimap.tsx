import { boxOf, type Forest } from '@/lib/flamegraph/forest';
import type { Box } from '@/lib/flamegraph/layout';

const across = 1000;
const rowsShown = 7;
const height = 34;

/** The whole picture in small, with a tick for every hit and a frame around what is zoomed. Drawn for the eye only. */
export function Minimap({
  forest,
  sided,
  zoom,
  hits,
}: {
  readonly forest: Forest;
  /** Waiters below and holders above: in their colours. */
  readonly sided: boolean;
  readonly zoom: string | undefined;
  readonly hits: readonly string[];
}) {
  const both = forest.up !== undefined;
  const middle = both ? height / 2 : 3;
  const zoomed = zoom === undefined ? undefined : boxOf(forest, zoom);
  const ticks = hits.flatMap((id) => boxOf(forest, id) ?? []);
  return (
    <div className="fg-mini" aria-hidden="true" data-ticks={ticks.length}>
      <svg viewBox={`0 0 ${across} ${height}`} preserveAspectRatio="none" role="presentation">
        <path d={boxes(forest.down, middle, 1)} fill={sided ? 'var(--waiter)' : 'var(--control)'} />
        {forest.up === undefined ? null : (
          <path d={boxes(forest.up, middle - 3, -1)} fill={sided ? 'var(--holder)' : 'var(--control)'} />
        )}
        <path d={ticks.map(tick).join('')} stroke="var(--link)" strokeWidth="2" vectorEffect="non-scaling-stroke" />
        {zoomed === undefined ? null : (
          <rect
            x={zoomed.x * across}
            width={Math.max(2, zoomed.width * across)}
            y="1"
            height={height - 2}
            fill="none"
            stroke="var(--text)"
            strokeWidth="1.5"
            vectorEffect="non-scaling-stroke"
          />
        )}
      </svg>
    </div>
  );
}

function boxes(of: ReadonlyMap<string, Box>, top: number, direction: 1 | -1): string {
  let path = '';
  for (const { x, width, depth } of of.values()) {
    if (depth > rowsShown || width * across < 1.5) continue;
    path += `M${(x * across).toFixed(1)} ${top + direction * depth * 4}h${(width * across - 0.5).toFixed(1)}v3h${(-(width * across - 0.5)).toFixed(1)}z`;
  }
  return path;
}

function tick({ x, width }: Box): string {
  return `M${((x + width / 2) * across).toFixed(1)} 0V${height}`;
}
