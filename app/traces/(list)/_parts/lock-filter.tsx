import Link from 'next/link';
import { hrefWith } from '@/lib/selection/view';

/** The lock that the list is filtered by, as a chip that removes itself. */
export function LockFilter({ params, name }: { readonly params: URLSearchParams; readonly name: string }) {
  return (
    <p className="tr-filters">
      <Link
        className="chip"
        href={hrefWith('/traces', params, { lock: null, page: null })}
        prefetch={false}
        aria-label={`Remove filter lock ${name}`}
      >
        <span className="k">lock</span>
        <code>{name}</code>
        <span className="x" aria-hidden="true">
          ×
        </span>
      </Link>
    </p>
  );
}
