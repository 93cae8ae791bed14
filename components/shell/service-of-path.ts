/** The service a path is about, decoded; undefined on pages about none or all. */
export function serviceOfPath(path: string): string | undefined {
  const encoded = /^\/services\/([^/]+)/.exec(path)?.[1];
  return encoded === undefined ? undefined : decodeURIComponent(encoded);
}
