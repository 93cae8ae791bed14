'use client';
// Client: labels that follow the viewport.
import { useEffect, useRef, useState } from 'react';
import { ticksAcross } from './frame';
import { useScene } from './scene';
import { type RulerTick, rulerTicks } from './time-ruler';
import { spanOf, type TimeWindow } from './time-window';

/** Instants below the lanes, counted from the scene's origin. */
export function Ruler({ from }: { readonly from: string }) {
  const { viewport, originNs } = useScene();
  const axis = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<{ readonly window: TimeWindow; readonly ticks: readonly RulerTick[] }>();
  useEffect(() => {
    const place = () => {
      const width = axis.current?.clientWidth ?? 0;
      const window = viewport.get();
      if (width > 0) setShown({ window, ticks: rulerTicks(window, originNs, ticksAcross(width)) });
    };
    place();
    return viewport.subscribe(place);
  }, [viewport, originNs]);
  return (
    <div className="axisrow">
      <span className="micro">{from}</span>
      <div ref={axis} className="axis" aria-hidden="true">
        {shown?.ticks.map(({ atNs, text }) => {
          const share = (atNs - shown.window.fromNs) / spanOf(shown.window);
          return (
            <span
              key={text}
              className={share < 0.04 ? 'first' : share > 0.96 ? 'last' : undefined}
              style={{ left: `${share * 100}%` }}
            >
              {text}
            </span>
          );
        })}
      </div>
    </div>
  );
}
