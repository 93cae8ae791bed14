import { Section } from '@/components/ui/section';
import { PageSkeleton, Place } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <PageSkeleton crumbs sentence={92} reason={140} actions={[220]}>
      <Section id="deploys-place" title="Deploys" sub="pods that report, by build">
        <Place className="strip-place" />
      </Section>
      <Section
        id="matrix-place"
        title="Waiting by build"
        sub="goroutines waiting in one pod: busiest bucket, average below it"
      >
        <Place className="locks-place few" />
      </Section>
    </PageSkeleton>
  );
}
