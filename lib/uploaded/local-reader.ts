import { flamesOf } from '@/lib/query/flame';
import { type OpenedSource, openSource, type UploadDeps, uploadScope, uploadService } from './open-source';
import type { UploadReader, UploadSource } from './reader';

/** How many sources are remembered, and their samples all together; the newest one is, whatever its size. */
const keptSources = 8;
const keptSamples = 200_000;

interface Kept {
  /** A promise, so that two calls at once open a source once. */
  readonly opening: Promise<OpenedSource>;
  /** 0 until it is open. */
  samples: number;
}

/**
 * Reads uploads on the calling thread. The last sources read stay open, so that a page with several graphs, and the
 * next click on it, decode nothing again.
 */
export function createUploadReader(deps: UploadDeps): UploadReader {
  /** In order of use, the newest last. */
  const sources = new Map<string, Kept>();

  async function open(source: UploadSource): Promise<OpenedSource> {
    const key = JSON.stringify(source);
    const kept = sources.get(key) ?? { opening: openSource(source, deps), samples: 0 };
    sources.delete(key);
    sources.set(key, kept);
    try {
      const opened = await kept.opening;
      kept.samples = opened.profile.samples;
      forgetOldest();
      return opened;
    } catch (error) {
      if (sources.get(key) === kept) sources.delete(key);
      throw error;
    }
  }

  function forgetOldest(): void {
    let samples = 0;
    for (const [index, [key, kept]] of [...sources].reverse().entries()) {
      samples += kept.samples;
      if (index > 0 && (index >= keptSources || samples > keptSamples)) sources.delete(key);
    }
  }

  const flames = async (source: UploadSource) => flamesOf((await open(source)).store, uploadService, uploadScope);
  return {
    read: async (source) => (await open(source)).profile,
    flame: async (source, options) => (await flames(source)).flame(options),
    sandwich: async (source, options) => (await flames(source)).sandwich(options),
    close: async () => sources.clear(),
  };
}
