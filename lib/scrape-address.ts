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

/**
 * The refusal `scrape.address` when a URL names a forbidden address itself; names are checked when they are resolved.
 * `URL` has already turned decimal and hexadecimal forms of an address into the usual one.
 */
export function addressFault(url: URL): LockscopeError | undefined {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(host) && isForbiddenAddress(host) ? forbidden(host) : undefined;
}

/** Throws what `addressFault` gives. */
export function checkHost(url: URL): void {
  const fault = addressFault(url);
  if (fault !== undefined) throw fault;
}

/** The refusal of an address, in the words that every way of naming it is answered with. */
export function forbidden(address: string): LockscopeError {
  return new LockscopeError('scrape.address', `${address} is a link-local or metadata address: it is never scraped`);
}
