import type { LockAnalysis } from '@/lib/contention/analyse';
import type { ProfileType } from '@/lib/profile/profile-type';
import type { FlameOptions, FlameResult, SandwichOptions, SandwichResult } from '@/lib/query/flame';

/** A file among the blobs, with what the catalogue knows of it. */
export interface UploadedFile {
  readonly blobKey: string;
  readonly filename: string;
  readonly kind: string;
}

/** Files that are read together, the first one leading, and how they are read. */
export interface UploadSource {
  readonly files: readonly UploadedFile[];
  /** Length of a file that tells none, s; undefined = not known. */
  readonly givenSeconds: number | undefined;
}

/** What the files of a source say. Plain values: they cross to another thread. */
export interface UploadedProfile {
  /** In the order of the files' columns. */
  readonly types: readonly ProfileType[];
  readonly locks: Omit<LockAnalysis, 'leftOut'>;
  readonly samples: number;
  /** Length of the window, s; undefined = since process start, for an unknown time: no rates. */
  readonly windowSeconds: number | undefined;
}

/**
 * Reads uploaded files through a store of their own. Every call rejects with `upload.missing` when a file is gone, the
 * decoder's codes for a file that cannot be read, and from a thread `upload.timeout` and `upload.closed`.
 */
export interface UploadReader {
  read(source: UploadSource): Promise<UploadedProfile>;
  /** Rejects with what `queryFlame` throws as well. */
  flame(source: UploadSource, options: FlameOptions): Promise<FlameResult>;
  /** Rejects with what `querySandwich` throws as well. */
  sandwich(source: UploadSource, options: SandwichOptions): Promise<SandwichResult>;
  close(): Promise<void>;
}
