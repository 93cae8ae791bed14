import { LinkButton } from '@/components/ui/button';
import { PageHead } from '@/components/ui/page-head';
import { State } from '@/components/ui/state';

export default function NotFound() {
  return (
    <>
      <PageHead crumbs={[{ name: 'Overview', href: '/' }]} title="Not found" />
      <State title="There is no such page">
        <p>The address may name a service or a lock that has never sent anything here.</p>
        <LinkButton href="/">Overview</LinkButton>
      </State>
    </>
  );
}
