import { readFileSync } from 'node:fs';
import { createProfileReader } from '@/ingest/profile-reader';
import { parseConfigFile } from '@/lib/config-file';
import { decodePprof } from '@/lib/pprof/decode';
import { encodeProfile } from '@/lib/pprof/encode';
import { toProfile } from '@/lib/pprof/to-profile';
import { deltaProfile } from '@/lib/profile/delta';
import { MemorySampleStore } from '@/lib/store/memory';
import type { SampleStore } from '@/lib/store/port';
import { unixMs } from '@/lib/units';

/** When the recorded windows are said to have happened. */
export const recordedFrom = unixMs(Date.parse('2026-11-24T12:00:00Z'));
const wallMs = 5_000;

export interface RecordedPod {
  readonly service: string;
  readonly pod: string;
  readonly build: string;
  /** Folder below tests/fixtures/go with cumulative `wN-block.pb.gz` and `wN-mutex.pb.gz`. */
  readonly folder: string;
  readonly go: string;
  /** Windows of silence before the first, 5 s each. */
  readonly delayWindows?: number;
}

/**
 * A store filled through the real write path with the recorded windows of `ordersvc-*` folders: differences of
 * neighbouring cumulative profiles, 5 s each, one after another from `recordedFrom`.
 */
export async function recordedStore(
  pods: readonly RecordedPod[],
  store: SampleStore = new MemorySampleStore(),
): Promise<SampleStore> {
  const reader = createProfileReader(parseConfigFile('', 'defaults'));
  for (const pod of pods) {
    for (const kind of ['block', 'mutex']) {
      for (const window of [1, 2, 3]) {
        const from = unixMs(recordedFrom + (window - 1 + (pod.delayWindows ?? 0)) * wallMs);
        const read = reader.read({
          bytes: Buffer.from(windowOf(pod.folder, kind, window)),
          labels: labelsOf(pod),
          sampleTypeConfig: undefined,
          from,
          until: unixMs(from + wallMs),
          kind,
          now: unixMs(recordedFrom + 60_000),
        });
        await store.write(read);
        reader.forgetDefinitions();
      }
    }
  }
  return store;
}

function windowOf(folder: string, kind: string, window: number): Uint8Array {
  const read = (index: number) =>
    toProfile(decodePprof(readFileSync(`tests/fixtures/go/${folder}/w${index}-${kind}.pb.gz`)));
  const { profile } = deltaProfile(read(window), read(window - 1));
  return encodeProfile({ ...profile, timeNanos: 0n, durationNanos: 0n });
}

function labelsOf(pod: RecordedPod): [string, string][] {
  const labels = {
    service_name: pod.service,
    pod: pod.pod,
    version: pod.build,
    'process.runtime.version': pod.go,
    block_rate: '1',
    mutex_fraction: '1',
  };
  return Object.entries(labels);
}
