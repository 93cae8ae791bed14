import { dispatch } from './dispatch';
import { processIo } from './io';

// Set, not called: pending output is written before the process ends by itself.
process.exitCode = await dispatch(process.argv.slice(2), processIo());
