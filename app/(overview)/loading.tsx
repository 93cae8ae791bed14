import { Section } from '@/components/ui/section';
import { PageSkeleton, Place } from '@/components/ui/skeleton';

/** The overview of a day without trouble: one sentence, and a strip a service. */
export default function Loading() {
  return (
    <PageSkeleton sentence={72} actions={[]}>
      <Section id="strips-place" title="Waiting at locks">
        <Place height={26} />
        <Place className="strip-place" />
      </Section>
    </PageSkeleton>
  );
}
