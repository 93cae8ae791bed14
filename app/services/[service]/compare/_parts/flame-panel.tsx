import Link from 'next/link';
import { DiffFlame } from '@/components/compare/diff-flame';
import { Section } from '@/components/ui/section';
import { State } from '@/components/ui/state';
import type { DiffFlame as Flame } from '@/lib/query/compare/diff-flame';
import type { Comparison } from '@/lib/regression/comparison';
import { hrefWith } from '@/lib/selection/view';
import { formatWaiting } from '@/lib/units-format';

/** Frames that changed by less than this share of the whole are not coloured. */
const leastShare = 0.01;

interface FlamePanelProps {
  readonly service: string;
  readonly path: string;
  readonly params: URLSearchParams;
  readonly flame: Flame | undefined;
  readonly comparison: Comparison;
}

/** Where the waiting changed: both sides on one flame graph. */
export function FlamePanel({ service, path, params, flame, comparison }: FlamePanelProps) {
  const holders = params.get('flame') === 'holders';
  const toggle = (
    <nav className="cmp-seg" aria-label="Side of the lock">
      <Link
        href={hrefWith(path, params, { flame: null, zoom: null, sel: null })}
        aria-current={!holders || undefined}
        scroll={false}
      >
        who waits
      </Link>
      <Link
        href={hrefWith(path, params, { flame: 'holders', zoom: null, sel: null })}
        aria-current={holders || undefined}
        scroll={false}
      >
        who holds
      </Link>
    </nav>
  );
  if (flame === undefined) {
    return (
      <Section id="flame" title="Where the waiting changed" right={toggle}>
        <State title="No graph">
          <p>A side has no {holders ? 'mutex' : 'block'} profile.</p>
        </State>
      </Section>
    );
  }
  const { root, changes } = flame;
  const { base, head } = changes[root.id] ?? { base: 0, head: 0 };
  const half = { root, total: root.total, title: 'Waiting', note: '', verb: 'waits' };
  const neutral = { relative: relativeNoise(comparison), absolute: leastShare * root.total };
  const unlisted = flame.unlisted.base + flame.unlisted.head;
  return (
    <Section
      id="flame"
      title="Where the waiting changed"
      sub={`goroutines waiting of the average pod, ${formatWaiting(base)} → ${formatWaiting(head)}; widths: the larger side`}
      right={toggle}
    >
      <DiffFlame title={`${service}, base against head`} half={half} changes={changes} neutral={neutral} />
      {unlisted > 0 ? (
        <p className="micro">Stacks beyond the listed ones, not drawn: {formatWaiting(unlisted)} waiting.</p>
      ) : null}
    </Section>
  );
}

/** The base runs' own spread relative to their median, of the lock that waits most; 0 when the base has none. */
function relativeNoise({ locks }: Comparison): number {
  const widest = locks.toSorted((a, b) => b.waiting.base.median - a.waiting.base.median)[0];
  if (widest === undefined || widest.waiting.base.median === 0) return 0;
  return Math.min(1, widest.waiting.noise / widest.waiting.base.median);
}
