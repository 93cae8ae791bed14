import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Culprit, LockQuery } from './culprit';
import { findCulprit } from './culprit';
import { buildPushingService, goVersion, startPod } from './service';

const PODS = ['order-0', 'order-1'];
const UPLOAD_SECONDS = 5;
const RELOAD_SECONDS = 20;
const PATIENCE_SECONDS = 90;
const STALL = 1; // goroutines waiting, over a window
const NEEDED = 25; // go 1.25: what the Pyroscope client's go.mod asks for

export interface LiveService {
  readonly pods: readonly string[];
  stop(): Promise<void>;
}

/** Says what is missing for a live demo, or undefined when all is there. */
export async function whatIsMissing(): Promise<string | undefined> {
  const version = await goVersion();
  if (version === undefined)
    return 'the live demo builds a Go service, and there is no `go` in PATH (https://go.dev/dl)';
  const minor = Number(/^go1\.(\d+)/.exec(version)?.[1] ?? NEEDED);
  return minor < NEEDED ? `the live demo needs Go 1.${NEEDED} or later, this is ${version}` : undefined;
}

/** Builds the order service and starts two pods that stall every 20 s and push to `url`. */
export async function startLiveService(url: string): Promise<LiveService> {
  const folder = await mkdtemp(join(tmpdir(), 'lockscope-live-'));
  const executable = await buildPushingService(folder);
  const args = ['-server', url, '-upload', `${UPLOAD_SECONDS}s`, '-reload', `${RELOAD_SECONDS}s`];
  const onExit = (how: string) => console.error(how);
  const pods = PODS.map((name) => startPod(executable, { name, build: '1.42.0', args, onExit }));
  return {
    pods: PODS,
    stop: async () => {
      await Promise.all(pods.map((pod) => pod.stop()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Asks again and again until a lock stalls, since the first reload has to happen and be pushed; at last whatever there is. */
export async function waitForCulprit(query: LockQuery): Promise<Culprit | undefined> {
  let found: Culprit | undefined;
  for (const deadline = Date.now() + PATIENCE_SECONDS * 1000; Date.now() < deadline; await sleep(2000)) {
    found = await findCulprit(query).catch(() => undefined); // unknown service until the first push
    if ((found?.lock.waiting.max ?? 0) >= STALL) return found;
  }
  return found;
}
