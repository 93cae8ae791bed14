import { PageSkeleton, Place } from '@/components/ui/skeleton';
import './trace.css';

export default function Loading() {
  return (
    <PageSkeleton crumbs sentence={112} reason={120} actions={[330, 118, 112]}>
      <Place className="facts-place" />
      <Place className="lanes-place" />
    </PageSkeleton>
  );
}
