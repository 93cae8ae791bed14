'use client';
// Client: links and a form over the current URL.
import Link from 'next/link';
import { type FormEvent, useEffect, useId, useState } from 'react';
import { filtersOf, hrefWithFilter, hrefWithout } from '@/components/selection/filters';
import { useView } from '@/components/selection/use-view';
import { filterLabels } from '@/lib/selection/view';
import { hasView } from './has-view';
import { Menu } from './menu';
import { serviceOfPath } from './service-of-path';

/** Values of a label in the current range, for the list of the filter form. */
export type Suggest = (service: string | undefined, label: string, search: string) => Promise<readonly string[]>;

/** Filters of the URL as chips that remove themselves, on pages that they change. */
export function FilterChips({ className = '' }: { readonly className?: string }) {
  const { path, params } = useView();
  const unit = { param: 'unit', value: 'sum', label: 'unit', text: 'all pods' };
  const filters = [...filtersOf(params), ...(params.get('unit') === 'sum' ? [unit] : [])];
  if (filters.length === 0 || !hasView(path)) return null;
  return (
    <span className={`chips ${className}`}>
      {filters.map((filter) => (
        <Link
          key={`${filter.param}=${filter.value}`}
          className="chip"
          href={hrefWithout(path, params, filter)}
          prefetch={false}
          aria-label={`Remove filter ${filter.label} ${filter.text}`}
        >
          <span className="k">{filter.label}</span>
          {filter.text}
          <span className="x" aria-hidden="true">
            ×
          </span>
        </Link>
      ))}
    </span>
  );
}

/** Filters below a phone's top bar, which has no room for them; to be added on pages that they change. */
export function PhoneFilters({ suggest }: { readonly suggest: Suggest }) {
  return (
    <div className="only-phone below-bar">
      <FilterChips />
      <FilterMenu suggest={suggest} className="btn" />
    </div>
  );
}

/** The way to add a filter, on pages that it changes. */
export function FilterMenu({
  suggest,
  className = 'pick muted',
}: {
  readonly suggest: Suggest;
  readonly className?: string;
}) {
  const { path, params, go } = useView();
  if (!hasView(path)) return null;
  return (
    <Menu label="Add a filter" className={className} button="+ Filter">
      {(close) => (
        <FilterForm
          service={serviceOfPath(path)}
          search={params.toString()}
          suggest={suggest}
          add={(name, value) => {
            close();
            go(hrefWithFilter(path, params, name, value));
          }}
        />
      )}
    </Menu>
  );
}

function FilterForm({
  service,
  search,
  suggest,
  add,
}: {
  readonly service: string | undefined;
  readonly search: string;
  readonly suggest: Suggest;
  readonly add: (name: string, value: string) => void;
}) {
  const [label, setLabel] = useState<string>('pod');
  const [values, setValues] = useState<readonly string[]>([]);
  const id = useId();
  useEffect(() => {
    let current = true;
    // Without suggestions the form still takes any text.
    suggest(service, label, search).then(
      (found) => current && setValues(found),
      () => current && setValues([]),
    );
    return () => {
      current = false;
    };
  }, [service, label, search, suggest]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const value = new FormData(event.currentTarget).get('value');
    if (typeof value === 'string' && value.trim() !== '' && /^[A-Za-z_][\w.]*$/.test(label)) add(label, value.trim());
  };
  return (
    <form onSubmit={submit}>
      <label className="label">
        Label
        <input
          className="field"
          list={`${id}-labels`}
          value={label}
          onChange={(event) => setLabel(event.target.value)}
          required
          pattern="[A-Za-z_][A-Za-z0-9_.]*"
        />
      </label>
      <datalist id={`${id}-labels`}>
        {filterLabels.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <label className="label">
        Value (a leading - excludes)
        <input className="field" name="value" list={`${id}-values`} autoComplete="off" required />
      </label>
      <datalist id={`${id}-values`}>
        {values.map((value) => (
          <option key={value} value={value} />
        ))}
      </datalist>
      <button type="submit" className="btn primary">
        Add filter
      </button>
      {values.length === 0 ? null : (
        <ul className="only-phone values" aria-label={`Values of ${label}`}>
          {values.map((value) => (
            <li key={value}>
              <button type="button" className="btn" onClick={() => add(label, value)}>
                {value}
              </button>
            </li>
          ))}
        </ul>
      )}
    </form>
  );
}
