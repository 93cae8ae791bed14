import { existsSync, readFileSync } from 'node:fs';
import { type EnvConfig, parseEnv } from '@/lib/config-env';
import { type FileConfig, parseConfigFile } from '@/lib/config-file';
import { errorMessage, LockscopeError } from '@/lib/errors';

/** Everything that can be configured, with defaults filled in. Names, units, ranges: config-env.ts and config-file.ts. */
export interface Config extends EnvConfig, FileConfig {}

export type { IngestLimits, SamplingHint, TargetConfig } from '@/lib/config-file';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Configuration from environment variables and the text of the configuration file.
 * `readFile` gives the text of a path, or undefined when there is no such file.
 * Throws `config.env` or `config.file` with the variable or the path inside the file as `place`,
 * and `config.open` when the address is not loopback and a token is missing.
 */
export function loadConfig(env: Env, readFile: (path: string) => string | undefined): Config {
  const fromEnv = parseEnv(env);
  const text = readFile(fromEnv.configFile);
  if (text === undefined && env.LOCKSCOPE_CONFIG !== undefined) {
    throw new LockscopeError('config.file', `LOCKSCOPE_CONFIG: no such file: ${fromEnv.configFile}`, {
      place: 'LOCKSCOPE_CONFIG',
    });
  }
  return { ...fromEnv, ...parseConfigFile(text ?? '', fromEnv.configFile) };
}

/** The configuration of this process. The only place that reads `process.env`. */
export function readConfig(overrides: Env = {}): Config {
  return loadConfig({ ...process.env, ...overrides }, readText);
}

/** Throws `config.file` for what is there and cannot be read: a folder, another user's file. */
export function readText(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new LockscopeError('config.file', `${path} cannot be read: ${errorMessage(error)}`, {
      place: 'LOCKSCOPE_CONFIG',
      cause: error,
    });
  }
}
