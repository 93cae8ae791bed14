'use client';
// Client: knows the current path; registers the keys that go to each page.
import Link from 'next/link';
import { useView } from '@/components/selection/use-view';
import { type Destination, destinations } from './destinations';
import { Icon } from './icons';
import { Menu } from './menu';
import { useShortcut } from './shortcuts';

/** The pages, in a rail at the left. */
export function Rail({ services }: { readonly services: readonly string[] }) {
  const { path, params } = useView();
  return (
    <nav className="rail" aria-label="Main">
      {destinations(path, params, services).map((page) => (
        <PageLink
          key={page.name}
          page={page}
          title={page.keys}
          className={page.name === 'Settings' ? 'end' : undefined}
        />
      ))}
    </nav>
  );
}

/** As many as fit a thumb each at the bottom of a phone. */
const tabsShown = 5;

/** The pages in a bar at the bottom of a phone; those that find no room are behind More. */
export function Tabs({ services }: { readonly services: readonly string[] }) {
  const { path, params } = useView();
  const pages = destinations(path, params, services);
  const shown = pages.length <= tabsShown ? pages : pages.slice(0, tabsShown - 1);
  const rest = pages.slice(shown.length);
  return (
    <nav className="tabs" aria-label="Main, phone">
      {shown.map((page) => (
        <PageLink key={page.name} page={page} />
      ))}
      {rest.length === 0 ? null : (
        <Menu
          label="More pages"
          className={rest.some(({ current }) => current) ? 'tab on' : 'tab'}
          button={
            <>
              <Icon name="more" />
              <span>More</span>
            </>
          }
        >
          {(close) =>
            rest.map((page) => (
              <Link
                key={page.name}
                href={page.href}
                prefetch={false}
                onClick={close}
                aria-current={page.current ? 'page' : undefined}
              >
                {page.name}
              </Link>
            ))
          }
        </Menu>
      )}
    </nav>
  );
}

function PageLink({
  page,
  title,
  className,
}: {
  readonly page: Destination;
  readonly title?: string;
  readonly className?: string | undefined;
}) {
  return (
    <Link
      href={page.href}
      prefetch={false}
      aria-current={page.current ? 'page' : undefined}
      title={title}
      className={className}
    >
      <Icon name={page.icon} />
      <span>{page.name}</span>
    </Link>
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
