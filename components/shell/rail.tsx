'use client';
// Client: knows the current path; registers the keys that go to each page.
import Link from 'next/link';
import { useView } from '@/components/selection/use-view';
import { type Destination, destinations } from './destinations';
import { Icon } from './icons';
import { useShortcut } from './shortcuts';

/** The pages: a rail at the left, or a bar at the bottom of a phone. */
export function Rail({ services, shape }: { readonly services: readonly string[]; readonly shape: 'rail' | 'tabs' }) {
  const { path, params } = useView();
  return (
    <nav className={shape} aria-label={shape === 'rail' ? 'Main' : 'Main, phone'}>
      {destinations(path, params, services).map((page) => (
        <Link
          key={page.name}
          href={page.href}
          prefetch={false}
          aria-current={page.current ? 'page' : undefined}
          title={shape === 'rail' ? page.keys : undefined}
          className={page.name === 'Settings' && shape === 'rail' ? 'end' : undefined}
        >
          <Icon name={page.icon} />
          <span>{page.name}</span>
        </Link>
      ))}
    </nav>
  );
}

/** The `g …` keys of every page that exists. */
export function PageKeys({ services }: { readonly services: readonly string[] }) {
  const { path, params } = useView();
  return destinations(path, params, services).map((page) => <PageKey key={page.name} page={page} />);
}

function PageKey({ page }: { readonly page: Destination }) {
  const { go } = useView();
  useShortcut({ keys: page.keys, label: page.name, group: 'Go to' }, () => go(page.href));
  return null;
}
