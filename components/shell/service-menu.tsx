'use client';
// Client: a menu whose links keep the range and filters of the current URL.
import Link from 'next/link';
import { useView } from '@/components/selection/use-view';
import { hrefWith, sharedParams } from '@/lib/selection/view';
import { tracesHref } from './destinations';
import { Menu } from './menu';
import { serviceOf } from './service-of-path';

/** Which service the page is about, and the way to another one. */
export function ServiceMenu({ services }: { readonly services: readonly string[] }) {
  const { path, params } = useView();
  const current = serviceOf(path, params);
  const onTraces = path === '/traces';
  const shared = sharedParams(params);
  const name = current ?? (services.length === 0 ? 'No services yet' : 'All services');
  // Pod and build names belong to one service: they do not travel to another.
  const elsewhere = hrefWithoutNames(shared);
  return (
    <Menu
      label={`Service: ${name}`}
      button={
        <>
          <b className="clip">{name}</b>
          <span className="caret" aria-hidden="true">
            ▾
          </span>
        </>
      }
    >
      {(close) => (
        <>
          <Link
            href={onTraces ? tracesHref(undefined) : hrefWith('/', elsewhere)}
            onClick={close}
            aria-current={current === undefined ? 'true' : undefined}
          >
            All services
          </Link>
          {services.length === 0 ? null : <hr />}
          {services.map((service) => (
            <Link
              key={service}
              href={
                onTraces
                  ? tracesHref(service)
                  : hrefWith(`/services/${encodeURIComponent(service)}`, service === current ? shared : elsewhere)
              }
              prefetch={false}
              onClick={close}
              aria-current={service === current ? 'true' : undefined}
            >
              {service}
            </Link>
          ))}
          <hr />
          <Link href="/connect" onClick={close}>
            Connect a service
          </Link>
        </>
      )}
    </Menu>
  );
}

function hrefWithoutNames(shared: URLSearchParams): URLSearchParams {
  const next = new URLSearchParams(shared);
  next.delete('pod');
  next.delete('build');
  return next;
}
