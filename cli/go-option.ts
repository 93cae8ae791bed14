import { parseGoVersion } from '@/lib/contention/version';

/** `--go 1.23` as profiles write it, `go1.23`; undefined when it was not given. `refuse` makes the error for what is no version. */
export function readGoOption(value: string | undefined, refuse: (message: string) => Error): string | undefined {
  if (value === undefined) return undefined;
  if (parseGoVersion(value) === undefined) throw refuse(`--go ${value}: expected a version like 1.23 or go1.23.5`);
  return value.startsWith('go') ? value : `go${value}`;
}
