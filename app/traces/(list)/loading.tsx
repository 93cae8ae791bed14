import { PageSkeleton, Place } from '@/components/ui/skeleton';
import './captures.css';

/** The frame of the list while the catalogue answers. */
export default function Loading() {
  return (
    <PageSkeleton sentence={104} reason={112} actions={[]}>
      <Place height={74} className="drop-place" />
      <section>
        <div className="sec">
          <h2>Captures</h2>
        </div>
        <Place className="locks-place few" />
      </section>
    </PageSkeleton>
  );
}
