import { readFileSync } from 'node:fs';

const profile = readFileSync(new URL('../fixtures/go/antip-go1.23-rw-long-writer/block.pb.gz', import.meta.url));
const config = JSON.stringify({
  contentions: { units: 'lock_samples', 'display-name': 'block_count' },
  delay: { units: 'lock_nanoseconds', 'display-name': 'block_duration' },
});

/** Pushes one recorded block profile as pyroscope-go does, for a pod and a window of 10 s that ends at `until`. */
export function pushProfile(url: string, pod: string, until: number, signal?: AbortSignal): Promise<Response> {
  const form = new FormData();
  form.append('profile', new Blob([profile]), 'profile.pprof');
  form.append('sample_type_config', new Blob([config]), 'sample_type_config.json');
  const nanos = (ms: number) => `${ms}000000`;
  const query = new URLSearchParams({
    name: `crash{pod=${pod}}`,
    from: nanos(until - 10_000),
    until: nanos(until),
    spyName: 'gospy',
    sampleRate: '0',
  });
  return fetch(`${url}/ingest?${query}`, { method: 'POST', body: form, ...(signal === undefined ? {} : { signal }) });
}
