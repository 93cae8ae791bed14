import { PageSkeleton, Place } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <PageSkeleton crumbs sentence={88} actions={[88]} reason={64}>
      <Place className="flame-bar-place" />
      <Place className="flame-place" />
    </PageSkeleton>
  );
}
