import 'server-only';
import { windowsOfUpload } from '@/ingest/uploaded/windows';
import type { UploadRecord } from '@/lib/catalog/port';
import { analyseLocks, type LockAnalysis } from '@/lib/contention/analyse';
import type { ProfileSide, SiteRow } from '@/lib/contention/input';
import { LockscopeError } from '@/lib/errors';
import { decodePprof } from '@/lib/pprof/decode';
import { type ProfileType, profileTypeId } from '@/lib/profile/profile-type';
import { blockDelay, mutexDelay, selectionOf } from '@/lib/query/scope';
import type { TypeMatcher } from '@/lib/selection/selection';
import type { View } from '@/lib/selection/view';
import { MemorySampleStore } from '@/lib/store/memory';
import type { SampleStore } from '@/lib/store/port';
import { unixMs } from '@/lib/units';
import { context } from './context';

/** An uploaded file (and the one it is read together with) in a store of its own. */
export interface OpenedUpload {
  readonly records: readonly UploadRecord[];
  readonly store: SampleStore;
  readonly service: string;
  readonly view: View;
  readonly types: readonly ProfileType[];
  readonly locks: LockAnalysis;
  readonly samples: number;
  /** Length of the window, s; undefined = since process start, for an unknown time: no rates. */
  readonly windowSeconds: number | undefined;
}

/** Length that the store is given where nothing tells one; nothing that depends on it is shown. */
const nominalMs = 1_000;

/**
 * Opens uploads by id through the in-memory store. Throws `upload.missing` for an unknown id or a blob that is gone,
 * and the decoder's codes for a file that cannot be read.
 */
export async function openUpload(
  ids: readonly string[],
  params: URLSearchParams,
  givenSeconds: number | undefined,
): Promise<OpenedUpload> {
  const { config } = context();
  const files = await Promise.all(ids.map(readUpload));
  const store = new MemorySampleStore();
  const types = new Map<string, ProfileType>();
  // Whole milliseconds, as the store keeps them.
  const lengths = files.map(({ wire }) => Math.round(Number(wire.durationNanos) / 1e6 || (givenSeconds ?? 0) * 1e3));
  for (const [index, { record, wire }] of files.entries()) {
    const batch = windowsOfUpload(wire, {
      kind: record.kind,
      labels: [
        ['pod', 'upload'],
        ['service_name', service],
      ],
      time: { start: unixMs(0), wallMs: lengths[index] || nominalMs },
      wrappers: config.wrappers,
    });
    const { rejected } = await store.write(batch);
    const [refusal] = rejected;
    if (refusal !== undefined) throw new LockscopeError(refusal.code, refusal.detail, { place: record.filename });
    for (const { series } of batch.windows) types.set(profileTypeId(series.type), series.type);
  }
  const known = lengths.every((length) => length > 0);
  const view = viewOf(params);
  return {
    records: files.map(({ record }) => record),
    store,
    service,
    view,
    types: [...types.values()],
    locks: await locksOf(store, view, known, config.idle),
    samples: files.reduce((sum, { wire }) => sum + wire.samples.length, 0),
    windowSeconds: known ? (lengths[0] ?? 0) / 1e3 : undefined,
  };
}

const service = 'upload';

async function readUpload(id: string) {
  const { catalog, blobs, config } = context();
  const record = await catalog.getUpload(id);
  if (record === undefined)
    throw new LockscopeError('upload.missing', `there is no upload ${id}`, { place: 'path id' });
  const bytes = await blobs.get(record.blobKey);
  if (bytes === undefined) {
    throw new LockscopeError('upload.missing', `the file of upload ${id} is gone`, { place: record.filename });
  }
  const limits = {
    maxBytes: config.limits.inflatedBytes,
    maxSamples: 1_000_000,
    maxDepth: 1_000_000,
    maxFrames: 16_000_000,
  };
  return { record, wire: decodePprof(bytes, limits) };
}

function viewOf(params: URLSearchParams): View {
  const range = { from: unixMs(0), to: unixMs(8.64e15), live: false, text: { from: '', to: '' } };
  return { range, matchers: [], unit: 'pod', idle: params.get('idle') === '1', params };
}

/** Without a known length rows have no maximum and the side no wall time, so that no rate is made from them. */
async function locksOf(
  store: SampleStore,
  view: View,
  known: boolean,
  idleFunctions: readonly string[],
): Promise<LockAnalysis> {
  const side = async (type: TypeMatcher): Promise<ProfileSide | undefined> => {
    const selection = selectionOf(service, view, type);
    const limit = Number.MAX_SAFE_INTEGER;
    const sites = await store.hotspots(selection, { level: 'site', by: 'value', limit });
    const locks = await store.hotspots(selection, { level: 'lock', by: 'value', limit });
    if (sites.cover.windows === 0) return undefined;
    const rows = (from: typeof sites): SiteRow[] => from.sites.map((row) => (known ? row : { ...row, max: undefined }));
    return {
      sites: rows(sites),
      locks: rows(locks),
      wallMs: known ? sites.cover.wallMs : undefined,
      series: 1,
      other: undefined,
    };
  };
  const [block, mutex] = await Promise.all([side(blockDelay), side(mutexDelay)]);
  const sampling = { blockRateNs: undefined, mutexFraction: undefined, goVersions: [], goInferred: false };
  return analyseLocks({ block, mutex, sampling, idleFunctions });
}
