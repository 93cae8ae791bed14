/** The service a path is about, decoded; undefined on pages about none or all. */
export function serviceOfPath(path: string): string | undefined {
  const encoded = /^\/services\/([^/]+)/.exec(path)?.[1];
  return encoded === undefined ? undefined : decodeURIComponent(encoded);
}

/** The same for an address: the list of captures names its service in the query. */
export function serviceOf(path: string, params: URLSearchParams): string | undefined {
  return serviceOfPath(path) ?? (path === '/traces' ? (params.get('service') ?? undefined) : undefined);
}
