import { Place } from '@/components/ui/skeleton';

/** The frame of the list while the catalogue answers. */
export default function Loading() {
  return (
    <div aria-busy="true" data-skeleton>
      <p className="sr" role="status">
        Loading
      </p>
      <div className="head">
        <div>
          <p className="verdict">
            <span className="skeleton" aria-hidden="true">
              {'waiting '.repeat(13)}
            </span>
          </p>
          <p className="because">
            <span className="skeleton" aria-hidden="true">
              {'waiting '.repeat(14)}
            </span>
          </p>
        </div>
      </div>
      <Place height={74} className="drop-place" />
      <section>
        <div className="sec">
          <h2>Captures</h2>
        </div>
        <Place className="locks-place few" />
      </section>
    </div>
  );
}
