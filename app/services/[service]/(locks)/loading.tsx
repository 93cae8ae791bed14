import { Section } from '@/components/ui/section';
import { PageSkeleton, Place } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <PageSkeleton crumbs sentence={104} actions={[106, 112, 170]}>
      <Place className="chip-place" />
      <Section
        id="timeline-place"
        title="Waiting by lock"
        sub="goroutines waiting, 30 s buckets: busiest pod of each lock; hatched where no profile arrived · drag to select a window"
      >
        <Place className="timeline-place" />
      </Section>
      <Section id="locks-place" title="Locks" sub="goroutines waiting per pod">
        <Place className="locks-place few" />
      </Section>
    </PageSkeleton>
  );
}
