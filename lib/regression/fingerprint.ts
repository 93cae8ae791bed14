import { LockscopeError } from '@/lib/errors';
import type { Note } from './comparison';
import type { Fingerprint } from './run';

const words: Readonly<Record<keyof Fingerprint, string>> = {
  goVersion: 'Go version',
  cpu: 'CPU model',
  cores: 'number of cores',
  gomaxprocs: 'GOMAXPROCS',
  kernel: 'kernel',
  buildFlags: 'build flags',
  blockRate: 'block rate',
  mutexFraction: 'mutex fraction',
};

/**
 * Notes on what is not known of where the arms were measured. Throws `regression.fingerprint`, naming every part, when
 * both tell one and it differs: such values are not comparable.
 */
export function checkFingerprints(base: Fingerprint, head: Fingerprint): Note[] {
  // The keys are those of `words`, which the compiler holds complete.
  const parts = Object.keys(words) as (keyof Fingerprint)[];
  const differing = parts.filter(
    (part) => base[part] !== undefined && head[part] !== undefined && base[part] !== head[part],
  );
  if (differing.length > 0) {
    const list = differing.map((part) => `${words[part]} ${base[part]} and ${head[part]}`).join('; ');
    throw new LockscopeError('regression.fingerprint', `base and head were not measured alike: ${list}`, {
      place: differing.map((part) => words[part]).join(', '),
    });
  }
  const untold = parts.filter((part) => base[part] === undefined || head[part] === undefined);
  if (untold.length === 0)
    return [{ code: 'fingerprint-equal', message: 'base and head were measured alike: same machine, Go and rates' }];
  const list = untold.map((part) => words[part]).join(', ');
  return [{ code: 'fingerprint-unknown', message: `not known to be the same for base and head: ${list}` }];
}
