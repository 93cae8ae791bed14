import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { LockscopeError } from '@/lib/errors';
import { forbidden, isForbiddenAddress } from '@/lib/scrape-address';

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
