import { LockscopeError } from '@/lib/errors';
import type { SiteDef, StackDef } from '@/lib/profile/site';
import type { SampleStore, Window } from '@/lib/store/port';

/** The windows of one profile with the definitions the store may lack. */
export interface StoredProfile {
  readonly windows: readonly Window[];
  readonly stacks: readonly StackDef[];
  readonly sites: readonly SiteDef[];
}

export interface WriteOutcome {
  readonly stored: number;
  readonly duplicates: number;
}

export interface ProfileWriter {
  /**
   * Resolves when every window of the profile is durable. Throws with the store's code when one was rejected
   * (the others of its batch are stored all the same) and what the store threw when the write failed.
   */
  write(profile: StoredProfile): Promise<WriteOutcome>;
  /** Resolves when nothing waits any more. */
  drain(): Promise<void>;
  readonly queued: number;
}

interface Waiting {
  readonly profile: StoredProfile;
  resolve(outcome: WriteOutcome): void;
  reject(error: unknown): void;
}

/** Windows handed to the store in one call; more only make the commit, and so every waiting client, slower. */
const windowsPerBatch = 512;

/**
 * Collects what arrives while the store is busy into the next batch: one commit, one fsync for all of it.
 * A lone profile is not delayed. Order is kept, so a definition never comes after a window that needs it.
 */
export function createWriter(store: Pick<SampleStore, 'write'>): ProfileWriter {
  let queue: Waiting[] = [];
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    // One turn of the event loop: what other connections have finished decoding joins the batch.
    await new Promise(setImmediate);
    while (queue.length > 0) await writeBatch(takeBatch());
    running = undefined;
  }

  function takeBatch(): readonly Waiting[] {
    let windows = 0;
    let count = 0;
    while (count < queue.length && windows < windowsPerBatch) windows += queue[count++]?.profile.windows.length ?? 0;
    const batch = queue.slice(0, count);
    queue = queue.slice(count);
    return batch;
  }

  async function writeBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      const { duplicates, rejected } = await store.write({
        windows: batch.flatMap(({ profile }) => profile.windows),
        stacks: batch.flatMap(({ profile }) => profile.stacks),
        sites: batch.flatMap(({ profile }) => profile.sites),
      });
      settle(batch, rejected, duplicates);
    } catch (error) {
      for (const one of batch) one.reject(error);
    }
  }

  return {
    write(profile) {
      return new Promise((resolve, reject) => {
        queue.push({ profile, resolve, reject });
        running ??= run();
      });
    },
    async drain() {
      while (running !== undefined) await running;
    },
    get queued() {
      return queue.length;
    },
  };
}

/** Tells each profile of a batch what became of it. The store counts duplicates per batch: they go to the first profiles. */
function settle(
  batch: readonly Waiting[],
  rejected: readonly { readonly index: number; readonly code: string; readonly detail: string }[],
  duplicates: number,
): void {
  const refusedAt = new Map(rejected.map((one) => [one.index, one]));
  let index = 0;
  let repeated = duplicates;
  for (const { profile, resolve, reject } of batch) {
    const first = index;
    index += profile.windows.length;
    const refused = profile.windows.map((_, at) => refusedAt.get(first + at)).find((one) => one !== undefined);
    if (refused !== undefined) {
      reject(new LockscopeError(refused.code, refused.detail));
      continue;
    }
    const mine = Math.min(repeated, profile.windows.length);
    repeated -= mine;
    resolve({ stored: profile.windows.length - mine, duplicates: mine });
  }
}
