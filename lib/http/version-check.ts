type Fetch = typeof globalThis.fetch;

/**
 * A `fetch` that refuses what Next's development server asks on its own once a browser connects: which
 * version of Next is the newest. It has no setting for that, and takes a refusal as "unknown".
 */
export function withoutVersionCheck(fetch: Fetch): Fetch {
  return (input, init) => {
    const url = typeof input === 'object' && 'url' in input ? input.url : String(input);
    return url.endsWith('/-/package/next/dist-tags')
      ? Promise.reject(new Error('Lockscope asks nobody that its user did not configure'))
      : fetch(input, init);
  };
}
