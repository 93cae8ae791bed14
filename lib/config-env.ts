import { z } from 'zod';
import { LockscopeError } from '@/lib/errors';

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port, 0 to 65535')
  .transform(Number)
  .refine((value) => value <= 65_535, 'must be a port, 0 to 65535');
const list = z.string().transform((text) => splitList(text));
const flag = z.enum(['0', '1', '']).transform((value) => value === '1');
// 8 characters: short enough for a test set-up, long enough that nobody types it by accident.
const token = z.string().min(8, 'needs at least 8 characters');

/**
 * Environment variables. Each: default, unit, range, reason.
 * LOCKSCOPE_HOST          127.0.0.1; address to listen on; other than loopback only with both tokens.
 * LOCKSCOPE_PORT          4040, 0..65535 (0 = any free one): Pyroscope's, so that existing clients need no change.
 * LOCKSCOPE_DATA          ./data; folder of all stored data; one server a folder, not on NFS.
 * LOCKSCOPE_TOKEN         none; 8 characters or more; guards pages and /api/v1, upload included.
 * LOCKSCOPE_INGEST_TOKEN  none; 8 characters or more; guards /ingest, /pyroscope/ingest and /push.v1…
 * LOCKSCOPE_ALLOWED_HOSTS localhost,127.0.0.1,[::1]; host names, comma separated, accepted in Host and Origin: stops DNS rebinding.
 * LOCKSCOPE_SOURCE_DIR    none; folder with the services' source text, shown beside a lock.
 * LOCKSCOPE_SELF_PROFILE  0; 1 = the server pushes its own profiles to itself.
 * LOCKSCOPE_CATALOG_URL   none; postgresql://…: keeps the catalogue there and not in the data folder.
 * LOCKSCOPE_CONFIG        lockscope.config.yml; path of the configuration file.
 * LOCKSCOPE_URL           none; the server that commands ask.
 */
const schema = z.object({
  LOCKSCOPE_HOST: z.string().min(1).default('127.0.0.1'),
  LOCKSCOPE_PORT: port.default(4_040),
  LOCKSCOPE_DATA: z.string().min(1).default('./data'),
  LOCKSCOPE_TOKEN: token.optional(),
  LOCKSCOPE_INGEST_TOKEN: token.optional(),
  LOCKSCOPE_ALLOWED_HOSTS: list.optional(),
  LOCKSCOPE_SOURCE_DIR: z.string().min(1).optional(),
  LOCKSCOPE_SELF_PROFILE: flag.default(false),
  LOCKSCOPE_CATALOG_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgresql://')
    .optional(),
  LOCKSCOPE_CONFIG: z.string().min(1).default('lockscope.config.yml'),
  LOCKSCOPE_URL: z
    .string()
    .regex(/^https?:\/\//, 'must start with http:// or https://')
    .optional(),
  NODE_ENV: z.string().optional(),
});

export interface EnvConfig {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly token: string | undefined;
  readonly ingestToken: string | undefined;
  /** Accepted in Host and Origin, lower case; undefined = not configured: the loopback names when listening on loopback. */
  readonly allowedHosts: readonly string[] | undefined;
  readonly sourceDir: string | undefined;
  readonly selfProfile: boolean;
  readonly catalogUrl: string | undefined;
  readonly configFile: string;
  /** The server that commands ask. */
  readonly serverUrl: string | undefined;
  /** True with NODE_ENV=development: Next compiles pages on demand. */
  readonly development: boolean;
}

/** Reads the variables above; an empty variable is one that is not set. Throws `config.env` naming the variable. */
export function parseEnv(env: Readonly<Record<string, string | undefined>>): EnvConfig {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const result = schema.safeParse(present);
  if (!result.success) {
    const [issue] = result.error.issues;
    const name = String(issue?.path[0] ?? 'environment');
    throw new LockscopeError('config.env', `${name}: ${issue?.message ?? 'invalid'}`, { place: name });
  }
  const value = result.data;
  return {
    host: value.LOCKSCOPE_HOST,
    port: value.LOCKSCOPE_PORT,
    dataDir: value.LOCKSCOPE_DATA,
    token: value.LOCKSCOPE_TOKEN,
    ingestToken: value.LOCKSCOPE_INGEST_TOKEN,
    allowedHosts: value.LOCKSCOPE_ALLOWED_HOSTS,
    sourceDir: value.LOCKSCOPE_SOURCE_DIR,
    selfProfile: value.LOCKSCOPE_SELF_PROFILE,
    catalogUrl: value.LOCKSCOPE_CATALOG_URL,
    configFile: value.LOCKSCOPE_CONFIG,
    serverUrl: value.LOCKSCOPE_URL,
    development: value.NODE_ENV === 'development',
  };
}

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== '');
}
