import { enterMessage } from './enter-message';
import type { Tables } from './tables';
import type { WireReader } from './wire';

// Field numbers are those of pprof's profile.proto. `position` stands behind the message when a function returns.

/** Reads an embedded ValueType; missing fields are string 0. */
export function readValueType(reader: WireReader): { type: number; unit: number } {
  const outer = enterMessage(reader);
  const valueType = { type: 0, unit: 0 };
  while (reader.nextField()) {
    if (reader.field === 1) valueType.type = reader.uint32();
    else if (reader.field === 2) valueType.unit = reader.uint32();
    else reader.skip();
  }
  reader.end = outer;
  return valueType;
}

export function readMapping(reader: WireReader, tables: Tables): void {
  const outer = enterMessage(reader);
  let id = 0;
  const range = [0n, 0n, 0n];
  let file = 0;
  let buildId = 0;
  while (reader.nextField()) {
    if (reader.field === 1) {
      reader.uint64();
      id = tables.mappingKeys.of(reader);
    } else if (reader.field <= 4) {
      reader.uint64();
      range[reader.field - 2] = BigInt.asUintN(64, reader.signedBigInt());
    } else if (reader.field === 5) file = reader.uint32();
    else if (reader.field === 6) buildId = reader.uint32();
    else if (reader.field <= 10) reader.uint64();
    else reader.skip();
  }
  reader.end = outer;
  tables.mappingId.push(id);
  tables.mappingRange.push(...range);
  tables.mappingFile.push(file);
  tables.mappingBuildId.push(buildId);
}

export function readLocation(reader: WireReader, tables: Tables): void {
  const outer = enterMessage(reader);
  let id = 0;
  let mapping = 0;
  let low = 0;
  let high = 0;
  while (reader.nextField()) {
    if (reader.field === 1) {
      reader.uint64();
      id = tables.locationKeys.of(reader);
    } else if (reader.field === 2) {
      reader.uint64();
      mapping = tables.mappingKeys.of(reader);
    } else if (reader.field === 3) {
      reader.uint64();
      low = reader.low;
      high = reader.high;
    } else if (reader.field === 4) readLine(reader, tables);
    else if (reader.field === 5) reader.uint64();
    else reader.skip();
  }
  reader.end = outer;
  tables.locationId.push(id);
  tables.locationMapping.push(mapping);
  tables.addressLow.push(low);
  tables.addressHigh.push(high);
  tables.lineOffsets.push(tables.lineFunction.length);
}

function readLine(reader: WireReader, tables: Tables): void {
  const outer = enterMessage(reader);
  let functionId = 0;
  let line = 0;
  while (reader.nextField()) {
    if (reader.field === 1) {
      reader.uint64();
      functionId = tables.functionKeys.of(reader);
    } else if (reader.field === 2) line = readLineNumber(reader);
    else if (reader.field === 3) reader.uint64();
    else reader.skip();
  }
  reader.end = outer;
  tables.lineFunction.push(functionId);
  tables.lineNumber.push(line);
}

export function readFunction(reader: WireReader, tables: Tables): void {
  const outer = enterMessage(reader);
  let id = 0;
  let name = 0;
  let systemName = 0;
  let file = 0;
  let start = 0;
  while (reader.nextField()) {
    if (reader.field === 1) {
      reader.uint64();
      id = tables.functionKeys.of(reader);
    } else if (reader.field === 2) name = reader.uint32();
    else if (reader.field === 3) systemName = reader.uint32();
    else if (reader.field === 4) file = reader.uint32();
    else if (reader.field === 5) start = readLineNumber(reader);
    else reader.skip();
  }
  reader.end = outer;
  tables.functionId.push(id);
  tables.functionName.push(name);
  tables.functionSystemName.push(systemName);
  tables.functionFile.push(file);
  tables.functionStart.push(start);
}

/** int64 on the wire; negative or beyond 2^32 is no line of a source file and reads as 0, unknown. */
function readLineNumber(reader: WireReader): number {
  reader.uint64();
  return reader.high === 0 ? reader.low >>> 0 : 0;
}
