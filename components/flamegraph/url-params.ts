export type ParamChanges = Readonly<Record<string, string | undefined>>;

/** Changes parameters without asking the server for the page again; Next keeps useSearchParams in step. */
function writeParams(changes: ParamChanges, write: (url: string) => void): void {
  const params = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') params.delete(name);
    else params.set(name, value);
  }
  const query = params.toString();
  const url = query === '' ? location.pathname : `${location.pathname}?${query}`;
  if (url !== `${location.pathname}${location.search}`) write(url);
}

/** For steps a person wants to take back: zoom. */
export function pushParams(changes: ParamChanges): void {
  writeParams(changes, (url) => history.pushState(null, '', url));
}

/** For typing and moving the selection. */
export function replaceParams(changes: ParamChanges): void {
  writeParams(changes, (url) => history.replaceState(null, '', url));
}
