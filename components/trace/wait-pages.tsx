'use client';
// Client: buttons that turn pages.
import type { TraceTile } from '@/lib/query/trace/result';
import { formatPlural } from '@/lib/units-format';

/** Which of a site's waits are shown one by one, and the way to the others. */
export function WaitPages({
  unfolded: { total, offset, rows },
  onPage,
}: {
  readonly unfolded: NonNullable<TraceTile['unfolded']>;
  readonly onPage: (offset: number) => void;
}) {
  const size = 50;
  return (
    <p className="lane-note">
      {rows.length === 0 ? 'none' : `${offset + 1}–${offset + rows.length}`} of {formatPlural(total, 'wait')} in this
      window, by when they began
      {total <= size && offset === 0 ? null : (
        <>
          <button
            type="button"
            className="btn small"
            disabled={offset === 0}
            onClick={() => onPage(Math.max(0, offset - size))}
          >
            Previous {size}
          </button>
          <button
            type="button"
            className="btn small"
            disabled={offset + rows.length >= total}
            onClick={() => onPage(offset + size)}
          >
            Next {size}
          </button>
        </>
      )}
    </p>
  );
}
