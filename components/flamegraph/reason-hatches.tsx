import type { WaitReason } from '@/lib/flamegraph/colour';

/** Marks over the colour of a wait reason, an SVG path in a tile of 8 px; a reason without stays solid. */
const marks: Partial<Readonly<Record<WaitReason, string>>> = {
  wlock: 'M-2 2 2 -2M0 8 8 0M6 10 10 6',
  mutex: 'M-2 6 2 10M0 0 8 8M6 -2 10 2',
  cond: 'M1 2h2M5 6h2',
};

/** The paint of a wait reason, in the legend as in the graph: its hatch, where it has one, before its colour. */
export function reasonPaint(reason: string): string {
  const colour = `color-mix(in oklab, var(--w-${reason}) var(--fl-mix), var(--bg))`;
  return reason in marks ? `url(#reason-${reason}) ${colour}` : colour;
}

/** A fill without its hatch: a CSS colour. */
export function unhatched(fill: string): string {
  return fill.replace(/^url\(\S+\) /, '');
}

/** What the paints of `reasonPaint` name; once a page, inside the element that sets --fl-mix. Takes no room. */
export function ReasonHatches() {
  return (
    <svg className="patterns" width="0" height="0" aria-hidden="true">
      <defs>
        {Object.entries(marks).map(([reason, path]) => (
          <pattern key={reason} id={`reason-${reason}`} width="8" height="8" patternUnits="userSpaceOnUse">
            <rect width="8" height="8" fill={`color-mix(in oklab, var(--w-${reason}) var(--fl-mix), var(--bg))`} />
            {/* Towards the page, so that a label over the hatch is read at least as well as over the colour. */}
            <path d={path} stroke={`color-mix(in oklab, var(--w-${reason}) 10%, var(--bg))`} strokeWidth="1.5" />
          </pattern>
        ))}
      </defs>
    </svg>
  );
}
