import { SlowNotice } from './slow-notice';

/** A place that will hold something of this size; the page does not move when it comes. */
export function Skeleton({ height, width = '100%' }: { readonly height: number; readonly width?: number | string }) {
  return <div className="skeleton" style={{ height, width }} aria-hidden="true" />;
}

/** The frame of any page while its numbers are on the way: verdict, because, one plot, rows. */
export function PageSkeleton() {
  return (
    <div aria-busy="true">
      <p className="sr" role="status">
        Loading
      </p>
      <Skeleton height={27} width="min(76ch, 90%)" />
      <div style={{ height: 6 }} />
      <Skeleton height={20} width="min(60ch, 70%)" />
      <div style={{ height: 24 }} />
      <Skeleton height={148} />
      <div style={{ height: 24 }} />
      {['a', 'b', 'c', 'd', 'e'].map((row) => (
        <div key={row} style={{ paddingBottom: 6 }}>
          <Skeleton height={28} />
        </div>
      ))}
      <SlowNotice />
    </div>
  );
}
