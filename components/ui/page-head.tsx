import Link from 'next/link';
import { Fragment } from 'react';

export interface Crumb {
  readonly name: string;
  readonly href: string;
}

/** Head of a page that has no numbers to make a sentence of: where it stands, and what it would be about. */
export function PageHead({ crumbs, title }: { readonly crumbs: readonly Crumb[]; readonly title: string }) {
  return (
    <>
      <nav className="crumbs" aria-label="Breadcrumb">
        {crumbs.map(({ name, href }) => (
          <Fragment key={href}>
            <Link href={href} prefetch={false}>
              {name}
            </Link>
            <span aria-hidden="true">/</span>
          </Fragment>
        ))}
        <span>{title}</span>
      </nav>
      <div className="head page-head">
        <h1 className="verdict">{title}</h1>
      </div>
    </>
  );
}
