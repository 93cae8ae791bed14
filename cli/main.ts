import { dispatch } from './dispatch';
import { processIo } from './io';

// `lockscope … | head`: who reads has seen enough, which is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
// Set, not called: pending output is written before the process ends by itself.
process.exitCode = await dispatch(process.argv.slice(2), processIo());
