'use client';
// Client: pointer and keyboard over a plot.
import { useRouter } from 'next/navigation';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { type BucketSpan, bucketAt, spanTimes, type TimeBuckets } from '@/components/charts/time-buckets';
import { absoluteRange } from '@/components/selection/range-moves';
import { useView } from '@/components/selection/use-view';
import { useShortcut } from '@/components/shell/shortcuts';
import { hrefWith } from '@/lib/selection/view';
import { formatSpan } from '@/lib/time-format';

/**
 * A layer over a plot that selects a window of whole buckets: drag, or arrows with Shift and Enter. The window
 * becomes the page's range; a click or Enter on one bucket opens `openPath` around it instead, when given.
 * `textOf` says what the plot shows in a bucket.
 */
export function Brush({
  axis,
  label,
  textOf,
  openPath,
}: {
  readonly axis: TimeBuckets;
  readonly label: string;
  readonly textOf?: (bucket: number) => ReactNode;
  readonly openPath?: string;
}) {
  const { path, params, go } = useView();
  const layer = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<{ readonly anchor: number; readonly head: number }>();
  const [hover, setHover] = useState<number>();
  const [applied, setApplied] = useState<string>();

  const bucketOf = (event: PointerEvent) => {
    const box = layer.current?.getBoundingClientRect();
    return box === undefined ? 0 : bucketAt(axis, (event.clientX - box.left) / box.width);
  };
  const commit = (span: BucketSpan) => {
    setDrag(undefined);
    if (span.first === span.last) {
      if (openPath === undefined) return;
      // Two buckets on each side show the one chosen in its surroundings.
      const around = { first: span.first - 2, last: span.last + 2 };
      go(hrefWith(openPath, params, { ...absoluteRange(spanTimes(axis, around)) }));
    } else {
      const target = hrefWith(path, params, { ...absoluteRange(spanTimes(axis, span)) });
      setApplied(target);
      go(target);
    }
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, Home: -axis.buckets, End: axis.buckets }[event.key];
    if (step !== undefined) {
      const from = drag ?? { anchor: axis.buckets - 1, head: axis.buckets - 1 };
      const head = Math.min(axis.buckets - 1, Math.max(0, from.head + step));
      setDrag({ anchor: event.shiftKey ? from.anchor : head, head });
    } else if (event.key === 'Enter' && drag !== undefined) commit(spanOf(drag));
    else if (event.key === 'Escape' && drag !== undefined) setDrag(undefined);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const span = drag === undefined ? undefined : spanOf(drag);
  const times = span === undefined ? undefined : spanTimes(axis, span);
  const shown = drag?.head ?? hover;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset holds form controls; this is one plot with keys of its own
    <div
      ref={layer}
      className="brush"
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard's way to select a window
      tabIndex={0}
      aria-label={`${label}: select a window. Arrow keys move, Shift extends, Enter applies.`}
      onKeyDown={onKey}
      onBlur={() => setDrag(undefined)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag({ anchor: bucketOf(event), head: bucketOf(event) });
      }}
      onPointerMove={(event) => {
        const bucket = bucketOf(event);
        setHover(bucket);
        if (drag !== undefined && event.buttons > 0) setDrag({ ...drag, head: bucket });
      }}
      onPointerUp={() => drag !== undefined && commit(spanOf(drag))}
      onPointerCancel={() => setDrag(undefined)}
      onPointerLeave={() => setHover(undefined)}
    >
      {span === undefined ? null : (
        <div
          className="pickbox"
          style={{
            left: `${(span.first / axis.buckets) * 100}%`,
            width: `${((span.last - span.first + 1) / axis.buckets) * 100}%`,
          }}
        />
      )}
      {shown === undefined ? null : (
        <div className="pop tip" style={tipPlace(shown / axis.buckets)}>
          <b>{formatSpan(...timesOf(axis, span ?? { first: shown, last: shown }))} UTC</b>
          {span !== undefined && span.first < span.last ? 'release to show this window' : textOf?.(shown)}
        </div>
      )}
      {applied !== undefined && applied === hrefWith(path, params) ? <EscapeBack /> : null}
      <span className="sr" aria-live="polite">
        {times === undefined ? '' : `${formatSpan(times.from, times.to)} UTC`}
      </span>
    </div>
  );
}

/** Esc leaves the window that was selected last. */
function EscapeBack() {
  const router = useRouter();
  useShortcut({ keys: 'Escape', label: 'Leave the selected window', group: 'Time' }, () => router.back());
  return null;
}

const spanOf = (drag: { readonly anchor: number; readonly head: number }): BucketSpan => ({
  first: Math.min(drag.anchor, drag.head),
  last: Math.max(drag.anchor, drag.head),
});

function timesOf(axis: TimeBuckets, span: BucketSpan): [number, number] {
  const { from, to } = spanTimes(axis, span);
  return [from, to];
}

/** Beside the bucket, on the side with more room. */
function tipPlace(share: number): { left?: string; right?: string } {
  return share < 0.5 ? { left: `calc(${share * 100}% + 14px)` } : { right: `calc(${(1 - share) * 100}% + 4px)` };
}
