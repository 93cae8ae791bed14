import { writeCases } from './cases/write';
import type { SampleCase } from './engine';

/** What every implementation of the samples port must do, by number (docs/storage.md). */
export const sampleCases: readonly SampleCase[] = [...writeCases];
