import type { IngestConfig } from './config';
import { createLocalDecoder, type Decoder } from './decoder';

export function createDecoder(config: IngestConfig, _workerUrl: URL | undefined): Decoder {
  return createLocalDecoder(config);
}
