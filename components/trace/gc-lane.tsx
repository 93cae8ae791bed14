'use client';
// Client: draws on a canvas.
import type { TraceTile } from '@/lib/query/trace/result';
import { drawRanges } from './draw-bars';
import { drawLabel } from './frame';
import { Lane } from './lane';
import { LaneCanvas } from './lane-canvas';
import { gcSentence } from './lane-sentences';
import { formatNs } from './time-ruler';

const names = { 'gc mark': 'mark phase', stw: 'pause', 'mark assist': 'mark assist' } as const;

/** The collector's mark phases and assists, and the pauses of the whole program. */
export function GcLane({ tile, seen }: { readonly tile: TraceTile; readonly seen: TraceTile }) {
  return (
    <Lane name="GC" sub="marks, pauses">
      <LaneCanvas
        height={22}
        summary={gcSentence(seen)}
        draw={(frame) => {
          drawRanges(frame, tile.gc);
          if (seen.gc.length > 0) return;
          drawLabel(frame, 'none here', { x: 8, middle: 11, room: 90, token: '--muted' });
        }}
        tip={({ ns, nsPerPixel }) => {
          const near = tile.gc.filter(
            ({ startNs, endNs }) => startNs <= ns + 2 * nsPerPixel && endNs >= ns - 2 * nsPerPixel,
          );
          if (near.length === 0) return undefined;
          return near
            .map(({ kind, name, startNs, endNs, merged }) =>
              merged > 1
                ? `${merged} × ${names[kind]}`
                : `${names[kind]}${kind === 'stw' && name !== '' ? ` (${name})` : ''} ${formatNs(endNs - startNs)}`,
            )
            .join(' · ');
        }}
      />
    </Lane>
  );
}
