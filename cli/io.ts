/** What a command may touch of the process it runs in; tests pass their own. */
export interface Io {
  /** Answers only: with `--json` exactly one document. */
  readonly stdout: (text: string) => void;
  /** Progress, warnings, errors. */
  readonly stderr: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether colour may be used on stdout. */
  readonly colour: boolean;
  /** ms since 1970. */
  readonly now: () => number;
}

/** The running process. Colour only on a terminal and without `NO_COLOR`. */
export function processIo(): Io {
  return {
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
    env: process.env,
    colour: process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === '',
    now: () => Date.now(),
  };
}
