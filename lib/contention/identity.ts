import { createHash } from 'node:crypto';
import type { SiteDef, SiteId } from '@/lib/profile/site';
import { parseGoName, shortPackage } from './go-name';

/** First 8 bytes (big endian) of SHA-256 over the fields, each ended by a zero byte. */
export function hashFields(fields: readonly string[]): bigint {
  const digest = createHash('sha256')
    .update(`${fields.join('\0')}\0`)
    .digest();
  return digest.readBigUInt64BE(0);
}

/** Ids as they stand in URLs and JSON: 16 hexadecimal digits. */
export function idText(id: bigint): string {
  return id.toString(16).padStart(16, '0');
}

/** The store id behind a public `Lock.id`; undefined when the text is no such id. */
export function parseLockId(text: string): SiteId | undefined {
  return /^[0-9a-f]{16}$/.test(text) ? BigInt(`0x${text}`) : undefined;
}

/** What makes two sites one lock: the receiver type, else the function (go-lock-profiles 1.6, levels A and B). */
export function lockScope(functionName: string): { readonly package: string; readonly owner: string } {
  const name = parseGoName(functionName);
  return { package: name.package, owner: name.receiver === undefined ? `func ${name.local}` : `type ${name.receiver}` };
}

/** `Lock.id` (docs/api.md): family, package and receiver type, else function. The same in every build. */
export function lockId(family: string, functionName: string): SiteId {
  const scope = lockScope(functionName);
  return hashFields(['lock', family, scope.package, scope.owner]);
}

/** Id of a wait that no lock stands behind (channels, Cond, …): its kind and function, root loops apart. */
export function waitId(kind: string, functionName: string, root: boolean): SiteId {
  return hashFields(['wait', kind, functionName, root ? 'root' : '']);
}

/** Name of a lock for people: `config.(*OrderConfigManager)`, `cache.Store`, else the function `main.churn`. */
export function lockName(functionName: string): string {
  const name = parseGoName(functionName);
  const short = shortPackage(name.package);
  const prefix = short === '' ? '' : `${short}.`;
  if (name.receiver === undefined) return `${prefix}${name.local}`;
  return name.local.includes(`(*${name.receiver})`) ? `${prefix}(*${name.receiver})` : `${prefix}${name.receiver}`;
}

/** Name of a wait that no lock stands behind: `sql.(*DB).conn`. */
export function waitName(functionName: string): string {
  const name = parseGoName(functionName);
  const short = shortPackage(name.package);
  return short === '' ? name.local : `${short}.${name.local}`;
}

/**
 * Public `Site.id` of every given site: kind, function and line offset in the function, else its ordinal there
 * (`sitePlaces`).
 */
export function publicSiteIds(sites: readonly SiteDef[]): ReadonlyMap<SiteId, string> {
  const places = sitePlaces(sites);
  return new Map(
    sites.map((site) => [site.id, idText(hashFields(['site', site.kind, site.function, places.get(site.id) ?? '']))]),
  );
}

/**
 * Where every given site stands in its function, the same in every build: `+3` lines from its first one. Where the
 * profile does not tell that line, `#0`, `#1`, …: the ordinal of the site among the given sites of kind and function.
 */
export function sitePlaces(sites: readonly SiteDef[]): ReadonlyMap<SiteId, string> {
  const linesOf = new Map<string, number[]>();
  for (const site of sites) {
    if (site.startLine > 0) continue;
    const key = `${site.kind}\0${site.function}`;
    const lines = linesOf.get(key) ?? [];
    if (!lines.includes(site.line)) lines.push(site.line);
    linesOf.set(key, lines);
  }
  for (const lines of linesOf.values()) lines.sort((a, b) => a - b);
  return new Map(
    sites.map((site) => {
      const ordinal = linesOf.get(`${site.kind}\0${site.function}`)?.indexOf(site.line) ?? 0;
      return [site.id, site.startLine > 0 ? `+${site.line - site.startLine}` : `#${ordinal}`];
    }),
  );
}
