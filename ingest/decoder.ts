import type { IngestConfig } from './config';
import { createProfileReader, type Inspection, type ReadJob, type ReadProfile } from './profile-reader';

/** Turns bytes into windows, here or in worker threads. */
export interface Decoder {
  /** Rejects with what ProfileReader.read throws. */
  read(job: ReadJob): Promise<ReadProfile>;
  /** Rejects with what ProfileReader.inspect throws. */
  inspect(job: ReadJob): Promise<Inspection>;
  /** Every definition is sent again. */
  forgetDefinitions(): void;
  close(): Promise<void>;
}

/** Decodes on the calling thread. */
export function createLocalDecoder(config: IngestConfig): Decoder {
  const reader = createProfileReader(config);
  return {
    read: async (job) => reader.read(job),
    inspect: async (job) => reader.inspect(job),
    forgetDefinitions: reader.forgetDefinitions,
    close: async () => {},
  };
}
