'use client';
// Client: the flame graph's keyboard and pointer.
import { useMemo } from 'react';
import { FlameExplorer, type FlameHalf } from '@/components/flamegraph/flame-explorer';
import type { FlameChange } from '@/lib/flamegraph/fold-diff';
import { formatWaiting } from '@/lib/units-format';
import { changePaint, changeStep, type Neutral } from './change-fill';
import { ChangeHatches, ChangeLegend } from './change-hatches';
import './compare.css';

interface DiffFlameProps {
  readonly title: string;
  readonly half: FlameHalf;
  readonly changes: Readonly<Record<string, FlameChange>>;
  readonly neutral: Neutral;
}

const none: FlameChange = { base: 0, head: 0 };

/** One flame graph of two sides: blue waits less, orange waits more, grey did not change beyond the noise. */
export function DiffFlame({ title, half, changes, neutral }: DiffFlameProps) {
  const overlay = useMemo(
    () => ({
      strong: new Set(
        Object.entries(changes)
          .filter(([, change]) => Math.abs(changeStep(change, neutral)) === 4)
          .map(([id]) => id),
      ),
      fill: (id: string) => changePaint(changes[id] ?? none, neutral),
      says: (id: string) => {
        const { base, head } = changes[id] ?? none;
        const change = head - base;
        const sign = change < 0 ? '▼ −' : '▲ +';
        return `${formatWaiting(base)} → ${formatWaiting(head)} waiting, ${change === 0 ? 'no change' : `${sign}${formatWaiting(Math.abs(change))}`}`;
      },
    }),
    [changes, neutral],
  );
  return (
    <div className="cmp-flame">
      <ChangeHatches />
      <FlameExplorer
        title={title}
        down={half}
        up={undefined}
        sharedRows={0}
        inverted={false}
        kind={waitingKind}
        colourBy="package"
        sites={[]}
        overlay={overlay}
      />
      <ChangeLegend />
    </div>
  );
}

const waitingKind = { unit: 'goroutines', type: 'waiting' };
