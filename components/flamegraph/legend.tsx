import { LineSwatch } from '@/components/charts/line-pattern';
import { reasonNames } from '@/lib/flamegraph/colour';
import type { ColourBy } from './fills';
import { reasonPaint } from './reason-hatches';

/** What the colours and hatches of the graph mean, in words. */
export function FlameLegend({ by }: { readonly by: ColourBy }) {
  if (by === 'package') return <span>colour: package; fuller own code, muted modules, grey standard library</span>;
  const entries: readonly (readonly [name: string, fill: string])[] =
    by === 'side'
      ? [
          ['waits', 'var(--waiter)'],
          ['holds', 'var(--holder)'],
        ]
      : Object.entries(reasonNames).map(([reason, name]) => [name, reasonPaint(reason)]);
  return (
    <span className="legend">
      {entries.map(([name, fill]) => (
        <span key={name}>
          <LineSwatch fill={fill} />
          {name}
        </span>
      ))}
    </span>
  );
}
