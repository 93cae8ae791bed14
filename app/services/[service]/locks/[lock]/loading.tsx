import { Section } from '@/components/ui/section';
import { PageSkeleton, Place } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <PageSkeleton crumbs sentence={96} actions={[56, 88]} reason={132}>
      <Place className="facts-place" />
      <Section id="mirror-place" title="Who waits, who holds">
        <Place className="mirror-place" />
      </Section>
    </PageSkeleton>
  );
}
