import type { ReactNode } from 'react';
import { SlowNotice } from './slow-notice';

/** A place that will hold something of this height; the page does not move when it comes. */
export function Place({ height, className = '' }: { readonly height?: number; readonly className?: string }) {
  return <div className={`skeleton ${className}`} style={{ height }} aria-hidden="true" />;
}

/** A place for text of about so many letters: it breaks into lines as the text will. */
function TextPlace({ letters }: { readonly letters: number }) {
  return (
    <span className="skeleton" aria-hidden="true">
      {'waiting '.repeat(Math.ceil(letters / 8))}
    </span>
  );
}

/**
 * The frame of a page while its numbers are on the way, each part where it will stand: path, sentence, reason and
 * actions, then `children`. The reason's line says how long it takes.
 */
export function PageSkeleton({
  crumbs = false,
  sentence,
  reason = 64,
  actions,
  children,
}: {
  readonly crumbs?: boolean;
  /** Letters of a usual sentence of this page. */
  readonly sentence: number;
  /** The same of its reason. */
  readonly reason?: number;
  /** Widths of the buttons beside it, in px. */
  readonly actions: readonly number[];
  readonly children: ReactNode;
}) {
  return (
    <div aria-busy="true" data-skeleton>
      <p className="sr" role="status">
        Loading
      </p>
      {crumbs ? (
        <div className="crumbs">
          <TextPlace letters={24} />
        </div>
      ) : null}
      <div className="head">
        <div>
          <p className="verdict">
            <TextPlace letters={sentence} />
          </p>
          <p className="because">
            <SlowNotice>
              <TextPlace letters={reason} />
            </SlowNotice>
          </p>
        </div>
        {actions.length === 0 ? null : (
          <div className="actions">
            {actions.map((width) => (
              <span key={width} className="btn skeleton" style={{ width, borderColor: 'transparent' }} />
            ))}
          </div>
        )}
      </div>
      {children}
    </div>
  );
}
