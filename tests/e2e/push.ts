import { encodeProfile } from '@/lib/pprof/encode';
import { profileFromText } from '../support/profile-from-text';

export interface PushedProfile {
  /** `service{pod=a,…}` as clients send it. */
  readonly name: string;
  /** As in tests/support/profile-from-text.ts, without a window. */
  readonly text: string;
  /** Unix ms at which the window of 10 s ends. */
  readonly end: number;
}

const contentions = (kind: string) => ({
  contentions: { units: 'lock_samples', 'display-name': `${kind}_count` },
  delay: { units: 'lock_nanoseconds', 'display-name': `${kind}_duration` },
});

/** Pushes one profile of a 10 s window as pyroscope-go does. Throws what the server answered when it is no 200. */
export async function push(url: string, { name, text, end }: PushedProfile): Promise<void> {
  const kind = /^\s*(\w+)/.exec(text)?.[1] ?? '';
  const form = new FormData();
  form.append('profile', new Blob([new Uint8Array(encodeProfile(profileFromText(text)))]), 'profile.pprof');
  if (kind === 'block' || kind === 'mutex') {
    form.append('sample_type_config', new Blob([JSON.stringify(contentions(kind))]), 'sample_type_config.json');
  }
  const query = new URLSearchParams({
    name,
    from: `${end - 10_000}000000`,
    until: `${end}000000`,
    spyName: 'gospy',
    sampleRate: kind === 'cpu' ? '100' : '0',
  });
  const answer = await fetch(`${url}/ingest?${query}`, { method: 'POST', body: form });
  if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`);
}

/** A write lock held too long: readers wait `waited` in total over the window. */
export function slowWriter(waited: string): readonly [block: string, mutex: string] {
  const reader = 'sync.(*RWMutex).RLock rwmutex.go:72 ; store.(*Cache).Get store/cache.go:12 ; main.serve main.go:9';
  const writer =
    'sync.(*RWMutex).Unlock rwmutex.go:201 ; store.(*Cache).Load store/cache.go:31 ; main.reload main.go:20';
  const profile = (kind: string, stack: string) => `${kind} go1.24\ncontentions delay stack\n100 ${waited} ${stack}`;
  return [profile('block', reader), profile('mutex', writer)];
}
