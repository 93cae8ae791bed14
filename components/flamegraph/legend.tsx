import { reasonNames } from '@/lib/flamegraph/colour';
import type { ColourBy } from './fills';

/** What the colours of the graph mean, in words. */
export function FlameLegend({ by }: { readonly by: ColourBy }) {
  if (by === 'package') return <span>colour: package; fuller own code, muted modules, grey standard library</span>;
  const entries =
    by === 'side'
      ? [
          ['waits', 'var(--waiter)'],
          ['holds', 'var(--holder)'],
        ]
      : Object.entries(reasonNames).map(([reason, name]) => [name, `var(--w-${reason})`]);
  return (
    <span className="legend">
      {entries.map(([name, colour]) => (
        <span key={name}>
          <i className="sw" style={{ background: colour }} aria-hidden="true" />
          {name}
        </span>
      ))}
    </span>
  );
}
