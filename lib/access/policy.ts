import { isIP } from 'node:net';
import { LockscopeError } from '@/lib/errors';

/** Names that mean "this machine" in a Host header. */
const loopbackHosts: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** The settings an access policy is made of; lib/config-env.ts documents each. */
export interface AccessSettings {
  readonly host: string;
  readonly token: string | undefined;
  readonly ingestToken: string | undefined;
  readonly allowedHosts: readonly string[] | undefined;
}

/** What a server asks of its requests. */
export interface AccessPolicy {
  /** For pages and /api/v1; undefined = nothing is asked. */
  readonly token: string | undefined;
  /** For the ingest routes. */
  readonly ingestToken: string | undefined;
  /** Host names accepted in `Host`, lower case; undefined = any (tokens protect the server). */
  readonly hosts: readonly string[] | undefined;
  /** Host names beside the request's own that may stand in `Origin`. */
  readonly origins: readonly string[];
}

/** The name in `name:port`, lower case; an IPv6 address in brackets, as `Host` writes it. */
export function hostName(host: string): string {
  const lower = host.toLowerCase();
  return isIP(lower) === 6 ? `[${lower}]` : lower.replace(/:\d+$/, '');
}

/** True for names and addresses that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/**
 * The policy of a configuration. Throws `access.open`, naming the missing variables, when the server
 * would listen on an address that others reach without both tokens.
 */
export function accessPolicy(config: AccessSettings): AccessPolicy {
  const local = isLoopback(config.host);
  const allowed = config.allowedHosts?.map(hostName);
  const missing = [
    config.token === undefined ? 'LOCKSCOPE_TOKEN (pages and /api/v1)' : '',
    config.ingestToken === undefined ? 'LOCKSCOPE_INGEST_TOKEN (/ingest, /pyroscope/ingest, /push.v1…)' : '',
  ].filter((name) => name !== '');
  if (!local && missing.length > 0) {
    throw new LockscopeError(
      'access.open',
      `${config.host} can be reached from other machines: set ${missing.join(' and ')}, or listen on 127.0.0.1`,
      { place: 'LOCKSCOPE_HOST' },
    );
  }
  return {
    token: config.token,
    ingestToken: config.ingestToken,
    hosts: local || allowed !== undefined ? [...(allowed ?? loopbackHosts), ownName(config.host)] : undefined,
    origins: (allowed ?? []).filter((host) => !loopbackHosts.includes(host)),
  };
}

/** The address itself is always served: no foreign page can make a browser write it, and the server profiles itself there. */
function ownName(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '::' ? '[::1]' : hostName(host);
}
