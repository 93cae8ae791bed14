import type { FileConfig } from '@/lib/config-file';

/** The part of the configuration that the write path reads. */
export type IngestConfig = Pick<FileConfig, 'limits' | 'podLabels' | 'buildLabels' | 'wrappers'>;
