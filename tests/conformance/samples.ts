import { aggregateCases } from './cases/aggregates';
import { diskCases } from './cases/disk';
import { labelCases } from './cases/labels';
import { lifeCases } from './cases/life';
import { timeCases } from './cases/time';
import { writeCases } from './cases/write';
import type { SampleCase } from './engine';

/** What every implementation of the samples port must do, by number (docs/storage.md). */
export const sampleCases: readonly SampleCase[] = [
  ...writeCases,
  ...labelCases,
  ...timeCases,
  ...aggregateCases,
  ...lifeCases,
  ...diskCases,
].sort((a, b) => a.number - b.number);
