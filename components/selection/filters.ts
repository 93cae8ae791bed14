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

/** The filters of a URL, in its order. */
export function filtersOf(params: URLSearchParams): Filter[] {
  return [...params].flatMap(([param, value]): Filter[] => {
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

/** The path without one filter; a second filter of the same label stays. */
export function hrefWithout(path: string, params: URLSearchParams, filter: Filter): string {
  const next = new URLSearchParams();
  let removed = false;
  for (const [key, value] of params) {
    if (!removed && key === filter.param && value === filter.value) removed = true;
    else next.append(key, value);
  }
  return hrefWith(path, next);
}

/** The path with one more filter; `name` decides between a parameter of its own and `label=`; a leading `-` of `value` excludes. */
export function hrefWithFilter(path: string, params: URLSearchParams, name: string, value: string): string {
  const next = new URLSearchParams(params);
  if (isFilterLabel(name)) next.append(name, value);
  else next.append('label', value.startsWith('-') ? `${name}!=${value.slice(1)}` : `${name}=${value}`);
  return hrefWith(path, next);
}
