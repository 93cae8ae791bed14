import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { LockscopeError } from '@/lib/errors';

/** Metadata services of clouds that answer outside the link-local ranges. */
const metadataAddresses = ['100.100.100.200', '192.0.0.192', 'fd00:ec2::254', 'fd20:ce::254'].map((text) =>
  ipaddr.parse(text).toNormalizedString(),
);

/**
 * True for addresses a scrape must never reach: link-local ones (169.254.0.0/16, fe80::/10), where clouds give
 * credentials to whoever asks, and metadata services elsewhere; also inside IPv4-mapped, NAT64 and 6to4 addresses.
 */
export function isForbiddenAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return true;
  const address = ipaddr.process(text);
  if (address.range() === 'linkLocal') return true;
  if (metadataAddresses.includes(address.toNormalizedString())) return true;
  if (!(address instanceof ipaddr.IPv6)) return false;
  const bytes = address.toByteArray();
  switch (address.range()) {
    case 'rfc6052':
      return isForbiddenAddress(bytes.slice(12).join('.'));
    case '6to4':
      return isForbiddenAddress(bytes.slice(2, 6).join('.'));
    default:
      return false;
  }
}

/** Throws `scrape.address` when a URL names a forbidden address itself; names are checked when they are resolved. */
export function checkHost(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (ipaddr.isValid(host) && isForbiddenAddress(host)) throw forbidden(host);
}

/** A resolver for `http.request` that refuses a name when any of its addresses is forbidden. */
export const guardedLookup: LookupFunction = (hostname, options, callback) => {
  dnsLookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, '', 0);
    const bad = addresses.find(({ address }) => isForbiddenAddress(address));
    if (bad !== undefined) return callback(forbidden(bad.address), '', 0);
    // `all` decides which form the caller expects.
    if (options.all) return callback(null, addresses);
    const [first] = addresses satisfies LookupAddress[];
    return first === undefined
      ? callback(new LockscopeError('scrape.address', `${hostname} has no address`), '', 0)
      : callback(null, first.address, first.family);
  });
};

function forbidden(address: string): LockscopeError {
  return new LockscopeError('scrape.address', `${address} is a link-local or metadata address: it is never scraped`);
}
