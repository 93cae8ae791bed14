import { filterLabels, hrefWith } from '@/lib/selection/view';

/** One filter as it stands in the URL: `param` and its whole value. */
export interface Filter {
  readonly param: string;
  readonly value: string;
  /** What the chip says: `pod`, `order-3`, and whether it excludes. */
  readonly label: string;
  readonly text: string;
}

const isFilterLabel = (name: string): boolean => filterLabels.some((label) => label === name);

/** The filters of a URL, in its order; one that stands twice is one. */
export function filtersOf(params: URLSearchParams): Filter[] {
  const once = new Map([...params].map(([param, value]) => [`${param}=${value}`, { param, value }]));
  return [...once.values()].flatMap(({ param, value }): Filter[] => {
    if (isFilterLabel(param)) {
      const excluded = value.startsWith('-');
      return [{ param, value, label: param, text: excluded ? `not ${value.slice(1)}` : value }];
    }
    if (param !== 'label') return [];
    const split = /^([^=!~]+)(=~|!~|!=|=)(.*)$/s.exec(value);
    const [, name = value, op = '', rest = ''] = split ?? [];
    return [{ param, value, label: name, text: op === '=' ? rest : `${op} ${rest}`.trim() }];
  });
}

/** The path without one filter; another one of the same label stays. */
export function hrefWithout(path: string, params: URLSearchParams, filter: Filter): string {
  const next = new URLSearchParams(
    [...params].filter(([key, value]) => key !== filter.param || value !== filter.value),
  );
  return hrefWith(path, next);
}

/** The path with one more filter, unless it has it; `name` decides between a parameter of its own and `label=`; a leading `-` of `value` excludes. */
export function hrefWithFilter(path: string, params: URLSearchParams, name: string, value: string): string {
  const next = new URLSearchParams(params);
  const own = isFilterLabel(name);
  const written = value.startsWith('-') ? `${name}!=${value.slice(1)}` : `${name}=${value}`;
  const [param, text] = own ? [name, value] : ['label', written];
  if (!next.getAll(param).includes(text)) next.append(param, text);
  return hrefWith(path, next);
}
