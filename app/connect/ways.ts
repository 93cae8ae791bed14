/** Ways to send profiles; the first is the default. `via` of the URL. */
export const ways = [
  { via: 'scrape', name: 'net/http/pprof' },
  { via: 'push', name: 'pyroscope-go' },
  { via: 'node', name: '@pyroscope/nodejs' },
  { via: 'file', name: 'A file' },
] as const;

export type Via = (typeof ways)[number]['via'];

export function readVia(params: URLSearchParams): Via {
  return ways.find((way) => way.via === params.get('via'))?.via ?? 'scrape';
}
