import { LinkButton } from '@/components/ui/button';
import { PageHead } from '@/components/ui/page-head';
import { State } from '@/components/ui/state';

export default function NoCapture() {
  return (
    <>
      <PageHead crumbs={[{ name: 'Traces', href: '/traces' }]} title="Trace" />
      <State title="There is no such capture">
        <p>It may be past its age, deleted, or never have been here.</p>
        <LinkButton href="/traces">All captures</LinkButton>
      </State>
    </>
  );
}
