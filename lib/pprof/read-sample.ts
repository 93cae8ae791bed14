import { enterMessage } from './enter-message';
import type { Tables } from './tables';
import { BYTES, type WireReader } from './wire';

// Field numbers are those of pprof's profile.proto. `position` stands behind the message when a function returns.

export function readSample(reader: WireReader, tables: Tables): void {
  const outer = enterMessage(reader);
  while (reader.nextField()) {
    if (reader.field === 1) readLocationIds(reader, tables);
    else if (reader.field === 2) readValues(reader, tables);
    else if (reader.field === 3) readLabel(reader, tables);
    else reader.skip();
  }
  reader.end = outer;
  tables.sampleOffsets.push(tables.sampleLocations.length);
  tables.valueOffsets.push(tables.values.length);
  tables.labelOffsets.push(tables.labelKey.length);
}

function readLocationIds(reader: WireReader, tables: Tables): void {
  if (reader.wireType !== BYTES) {
    reader.uint64();
    tables.sampleLocations.push(tables.locationKeys.of(reader));
    return;
  }
  const outer = enterMessage(reader);
  while (reader.position < reader.end) {
    reader.varint();
    tables.sampleLocations.push(tables.locationKeys.of(reader));
  }
  reader.end = outer;
}

function readValues(reader: WireReader, tables: Tables): void {
  if (reader.wireType !== BYTES) {
    reader.uint64();
    pushValue(reader, tables);
    return;
  }
  const outer = enterMessage(reader);
  while (reader.position < reader.end) {
    reader.varint();
    pushValue(reader, tables);
  }
  reader.end = outer;
}

function pushValue(reader: WireReader, tables: Tables): void {
  const value = reader.signed();
  if (!Number.isSafeInteger(value)) tables.wide.set(tables.values.length, reader.signedBigInt());
  tables.values.push(value);
}

function readLabel(reader: WireReader, tables: Tables): void {
  const outer = enterMessage(reader);
  let key = 0;
  let text = 0;
  let unit = 0;
  let number = 0n;
  while (reader.nextField()) {
    if (reader.field === 1) key = reader.uint32();
    else if (reader.field === 2) text = reader.uint32();
    else if (reader.field === 3) {
      reader.uint64();
      number = reader.signedBigInt();
    } else if (reader.field === 4) unit = reader.uint32();
    else reader.skip();
  }
  reader.end = outer;
  tables.labelKey.push(key);
  tables.labelString.push(text);
  tables.labelUnit.push(unit);
  tables.labelNumber.push(number);
}
