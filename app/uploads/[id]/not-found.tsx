import { LinkButton } from '@/components/ui/button';
import { PageHead } from '@/components/ui/page-head';
import { State } from '@/components/ui/state';

export default function NoUpload() {
  return (
    <>
      <PageHead crumbs={[{ name: 'Uploads', href: '/connect' }]} title="Upload" />
      <State title="There is no such upload">
        <p>It may be past its age, or never have been here.</p>
        <LinkButton href="/connect">Upload a profile</LinkButton>
      </State>
    </>
  );
}
