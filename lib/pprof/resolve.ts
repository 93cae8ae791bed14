import { LockscopeError } from '@/lib/errors';
import type { Mapping } from '@/lib/profile/profile';
import { checkStrings, IdIndex, inconsistent, noString } from './ids';
import type { PprofLimits } from './limits';
import { resolveSamples } from './resolve-samples';
import type { Tables } from './tables';
import type { WireFunctions, WireLocations, WireProfile } from './wire-profile';

/** Looks up every id and string index of `tables`. Throws `pprof.inconsistent` and `pprof.limit` naming the row. */
export function resolveTables(message: Uint8Array, tables: Tables, limits: PprofLimits): WireProfile {
  const strings = decodeStrings(message, tables);
  const text = (index: number, place: string): string => {
    const value = strings[index];
    if (value === undefined) throw noString(index, strings.length, place);
    return value;
  };
  const types = tables.sampleTypes.view();
  if (types.length === 0) throw inconsistent('no sample type', 'sample types');
  const sampleTypes = Array.from({ length: types.length / 2 }, (_, i) => ({
    type: text(types[2 * i] ?? 0, `sample type ${i}`),
    unit: text(types[2 * i + 1] ?? 0, `sample type ${i}`),
  }));
  checkStrings(tables.otherStrings.view(), strings.length, 'header field');
  const mappings = resolveMappings(tables, text);
  const functions = resolveFunctions(tables, strings);
  const locations = resolveLocations(tables);
  return {
    sampleTypes,
    periodType: {
      type: text(tables.periodType.type, 'period type'),
      unit: text(tables.periodType.unit, 'period type'),
    },
    period: tables.period,
    timeNanos: tables.timeNanos,
    durationNanos: tables.durationNanos,
    defaultSampleType: text(tables.defaultSampleType, 'default sample type'),
    comments: Array.from(tables.comments.view(), (index, i) => text(index, `comment ${i}`)),
    strings,
    functions,
    locations,
    samples: resolveSamples(tables, locations, sampleTypes.length, strings.length, limits),
    mappings,
  };
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
  for (let i = 0; i < spans.length; i += 2) strings.push(buffer.toString('utf8', spans[i], spans[i + 1]));
  return strings;
}

function resolveMappings(tables: Tables, text: (index: number, place: string) => string): Mapping[] {
  const files = tables.mappingFile.view();
  const buildIds = tables.mappingBuildId.view();
  return Array.from(files, (file, i) => ({
    start: tables.mappingRange[3 * i] ?? 0n,
    limit: tables.mappingRange[3 * i + 1] ?? 0n,
    offset: tables.mappingRange[3 * i + 2] ?? 0n,
    file: text(file, `mapping ${i}`),
    buildId: text(buildIds[i] ?? 0, `mapping ${i}`),
  }));
}

function resolveFunctions(tables: Tables, strings: readonly string[]): WireFunctions {
  const name = tables.functionName.view();
  const systemName = tables.functionSystemName.view();
  const file = tables.functionFile.view();
  checkStrings(name, strings.length, 'function');
  checkStrings(systemName, strings.length, 'function');
  checkStrings(file, strings.length, 'function');
  for (let i = 0; i < name.length; i++) if (name[i] === 0) name[i] = systemName[i] ?? 0;
  return { length: name.length, name, file, startLine: tables.functionStart.view() };
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
    addressLow: tables.addressLow.view(),
    addressHigh: tables.addressHigh.view(),
    mapping,
    lineOffsets: tables.lineOffsets.view(),
    lineFunction,
    lineNumber: tables.lineNumber.view(),
  };
}
