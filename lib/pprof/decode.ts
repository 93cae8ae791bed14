import { errorCode, errorMessage, LockscopeError } from '@/lib/errors';
import { checkLimits } from './check-limits';
import { gunzipped } from './gunzip';
import { defaultPprofLimits, type PprofLimits } from './limits';
import { readSample } from './read-sample';
import { readFunction, readLocation, readMapping, readValueType } from './read-tables';
import { resolveTables } from './resolve';
import { Tables } from './tables';
import { BYTES, WireReader } from './wire';
import type { WireProfile } from './wire-profile';

/**
 * Decodes and checks one pprof profile, gzipped (one or several members) or plain, in one pass over the message.
 * Source of the format: github.com/google/pprof/proto/profile.proto. Repeated numbers may be packed or not.
 *
 * Throws LockscopeError with a place: `pprof.empty` (no bytes), `pprof.bad-gzip`, `pprof.too-large`,
 * `pprof.not-a-profile` (not even the first field fits), `pprof.truncated`, `pprof.malformed` (not the wire format,
 * or a field of the wrong type), `pprof.inconsistent` (an index or id that points nowhere, too few values) and
 * `pprof.limit` (more samples, frames or text than allowed; `ownLimits` replace the defaults).
 */
export function decodePprof(bytes: Uint8Array, ownLimits: Partial<PprofLimits> = {}): WireProfile {
  const limits = { ...defaultPprofLimits, ...ownLimits };
  if (bytes.length === 0) throw new LockscopeError('pprof.empty', 'the profile has no bytes', { place: 'byte 0' });
  const message = gunzipped(bytes, limits.maxBytes);
  if (message.length === 0) {
    throw new LockscopeError('pprof.empty', 'the gzip stream holds no bytes', { place: 'byte 0' });
  }
  const wire = resolveTables(message, readTables(message, limits));
  checkLimits(wire, limits);
  return wire;
}

/**
 * One set of buffers per thread, used again for every profile: allocating them costs more than filling them.
 * Decoding is synchronous and keeps no view of them, so it never meets itself here.
 */
const scratch = new Tables();

function readTables(message: Uint8Array, limits: PprofLimits): Tables {
  const reader = new WireReader(message);
  const tables = scratch;
  tables.clear();
  readFirstField(reader, tables);
  while (reader.nextField()) {
    readField(reader, tables);
    if (tables.sampleOffsets.length - 1 > limits.maxSamples) {
      throw new LockscopeError('pprof.limit', `more than ${limits.maxSamples} samples`, {
        place: `byte ${reader.position}`,
      });
    }
  }
  return tables;
}

/** A web page, a log or random bytes fail at once; a profile begins with one of its fields. */
function readFirstField(reader: WireReader, tables: Tables): void {
  try {
    if (reader.nextField() && reader.field > 15) throw new LockscopeError('pprof.malformed', `field ${reader.field}`);
    readField(reader, tables);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new LockscopeError('pprof.not-a-profile', `this is no pprof profile (${errorMessage(error)})`, {
      place: 'byte 0',
      cause: error,
    });
  }
}

function readField(reader: WireReader, tables: Tables): void {
  switch (reader.field) {
    case 1: {
      const { type, unit } = readValueType(reader);
      tables.sampleTypes.push(type);
      tables.sampleTypes.push(unit);
      return;
    }
    case 2:
      readSample(reader, tables);
      return;
    case 3:
      readMapping(reader, tables);
      return;
    case 4:
      readLocation(reader, tables);
      return;
    case 5:
      readFunction(reader, tables);
      return;
    case 6: {
      const end = reader.lengthDelimited();
      tables.strings.push(reader.position);
      tables.strings.push(end);
      reader.position = end;
      return;
    }
    case 7:
    case 8:
    case 15:
      tables.otherStrings.push(reader.uint32());
      return;
    case 9:
      reader.uint64();
      tables.timeNanos = reader.signedBigInt();
      return;
    case 10:
      reader.uint64();
      tables.durationNanos = reader.signedBigInt();
      return;
    case 11:
      tables.periodType = readValueType(reader);
      return;
    case 12:
      reader.uint64();
      tables.period = reader.signed();
      return;
    case 13:
      readComments(reader, tables);
      return;
    case 14:
      tables.defaultSampleType = reader.uint32();
      return;
    default:
      reader.skip();
  }
}

function readComments(reader: WireReader, tables: Tables): void {
  if (reader.wireType !== BYTES) {
    tables.comments.push(reader.uint32());
    return;
  }
  const last = reader.lengthDelimited();
  const outer = reader.end;
  reader.end = last;
  reader.wireType = 0;
  while (reader.position < last) tables.comments.push(reader.uint32());
  reader.end = outer;
}
