import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * The secret of an `Authorization` header: a bearer token, or the password of the basic form (its user
 * name says nothing to us). undefined when there is none.
 */
export function secretOf(authorization: string | undefined): string | undefined {
  const [, scheme, value] = /^(\w+)\s+(.+)$/.exec(authorization?.trim() ?? '') ?? [];
  if (scheme === undefined || value === undefined) return undefined;
  if (/^bearer$/i.test(scheme)) return value.trim();
  if (!/^basic$/i.test(scheme)) return undefined;
  const pair = Buffer.from(value, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon < 0 ? undefined : pair.slice(colon + 1);
}

/** Compares in a time that depends on neither text: both are hashed to one length first. */
export function isSameSecret(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
