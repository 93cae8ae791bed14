import { LockscopeError } from '@/lib/errors';
import type { Mapping, SampleType } from '@/lib/profile/profile';
import { checkStrings, IdIndex, inconsistent, noString } from './ids';
import { resolveSamples } from './resolve-samples';
import type { Tables } from './tables';
import type { WireFunctions, WireLocations, WireProfile } from './wire-profile';

/** The text of a string index; throws `pprof.inconsistent` naming row `row` of the table `users`. */
type TextOf = (index: number, users: string, row: number) => string;

/** Looks up every id and string index of `tables`. Throws `pprof.inconsistent` naming the row. */
export function resolveTables(message: Uint8Array, tables: Tables): WireProfile {
  const strings = decodeStrings(message, tables);
  const text: TextOf = (index, users, row) => {
    const value = strings[index];
    if (value === undefined) throw noString(index, strings.length, `${users} ${row}`);
    return value;
  };
  const sampleTypes = resolveSampleTypes(tables, text);
  checkStrings(tables.otherStrings.view(), strings.length, 'header field');
  const { type, unit } = tables.periodType;
  return {
    sampleTypes,
    periodType: { type: text(type, 'period type', 0), unit: text(unit, 'period type', 0) },
    period: tables.period,
    timeNanos: tables.timeNanos,
    durationNanos: tables.durationNanos,
    defaultSampleType: text(tables.defaultSampleType, 'default sample type', 0),
    comments: resolveComments(tables, text),
    strings,
    functions: resolveFunctions(tables, strings),
    locations: resolveLocations(tables),
    samples: resolveSamples(tables, sampleTypes.length, strings.length),
    mappings: resolveMappings(tables, text),
  };
}

function resolveSampleTypes(tables: Tables, text: TextOf): SampleType[] {
  const indexes = tables.sampleTypes;
  if (indexes.length === 0) throw inconsistent('no sample type', 'sample types');
  const sampleTypes: SampleType[] = [];
  for (let i = 0; 2 * i < indexes.length; i++) {
    sampleTypes.push({
      type: text(indexes.at(2 * i), 'sample type', i),
      unit: text(indexes.at(2 * i + 1), 'sample type', i),
    });
  }
  return sampleTypes;
}

function resolveComments(tables: Tables, text: TextOf): string[] {
  const comments: string[] = [];
  for (let i = 0; i < tables.comments.length; i++) comments.push(text(tables.comments.at(i), 'comment', i));
  return comments;
}

function decodeStrings(message: Uint8Array, tables: Tables): string[] {
  const spans = tables.strings.view();
  if (spans.length === 0) {
    if (tables.sampleTypes.length === 0) throw new LockscopeError('pprof.not-a-profile', 'this is no pprof profile');
    throw inconsistent('the string table is missing', 'string table');
  }
  if (spans[0] !== spans[1]) throw inconsistent('string 0 is not empty', 'string 0');
  const buffer = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  const strings: string[] = [];
  for (let i = 0; i < spans.length; i += 2) strings.push(decodeText(buffer, spans[i] ?? 0, spans[i + 1] ?? 0));
  return strings;
}

/** UTF-8; names are nearly always ASCII, which decodes faster as Latin-1. */
function decodeText(buffer: Buffer, start: number, end: number): string {
  let bits = 0;
  for (let i = start; i < end; i++) bits |= buffer[i] ?? 0;
  return buffer.toString(bits < 0x80 ? 'latin1' : 'utf8', start, end);
}

function resolveMappings(tables: Tables, text: TextOf): Mapping[] {
  const mappings: Mapping[] = [];
  for (let i = 0; i < tables.mappingFile.length; i++) {
    mappings.push({
      start: tables.mappingRange[3 * i] ?? 0n,
      limit: tables.mappingRange[3 * i + 1] ?? 0n,
      offset: tables.mappingRange[3 * i + 2] ?? 0n,
      file: text(tables.mappingFile.at(i), 'mapping', i),
      buildId: text(tables.mappingBuildId.at(i), 'mapping', i),
    });
  }
  return mappings;
}

function resolveFunctions(tables: Tables, strings: readonly string[]): WireFunctions {
  const name = tables.functionName.copy();
  const systemName = tables.functionSystemName.view();
  const file = tables.functionFile.copy();
  checkStrings(name, strings.length, 'function');
  checkStrings(systemName, strings.length, 'function');
  checkStrings(file, strings.length, 'function');
  for (let i = 0; i < name.length; i++) if (name[i] === 0) name[i] = systemName[i] ?? 0;
  return { length: name.length, name, file, startLine: tables.functionStart.copy() };
}

function resolveLocations(tables: Tables): WireLocations {
  const mappingIndex = new IdIndex(tables.mappingId.view(), 'mapping');
  const functionIndex = new IdIndex(tables.functionId.view(), 'function');
  const mappingIds = tables.locationMapping.view();
  const mapping = new Int32Array(mappingIds.length);
  for (let i = 0; i < mapping.length; i++) {
    const id = mappingIds[i] ?? 0;
    mapping[i] = id === 0 ? -1 : mappingIndex.indexOf(id, 'location', i);
  }
  const functionIds = tables.lineFunction.view();
  const lineFunction = new Uint32Array(functionIds.length);
  for (let i = 0; i < lineFunction.length; i++) {
    lineFunction[i] = functionIndex.indexOf(functionIds[i] ?? 0, 'line', i);
  }
  return {
    length: mapping.length,
    addressLow: tables.addressLow.copy(),
    addressHigh: tables.addressHigh.copy(),
    mapping,
    lineOffsets: tables.lineOffsets.copy(),
    lineFunction,
    lineNumber: tables.lineNumber.copy(),
  };
}
