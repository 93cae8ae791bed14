import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, type Stats } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openFile } from '@/lib/blobs/open-file';
import type { BlobEntry, BlobStore, StoredBlob } from '@/lib/blobs/port';
import { errorCode, LockscopeError } from '@/lib/errors';

const kindPattern = /^[a-z0-9-]{1,32}$/;
const keyPattern = /^[a-z0-9-]{1,32}\/[0-9a-f]{64}$/;
/** Unfinished files, left by a crash; never listed. */
const unfinished = '.part-';

/** Blobs as files `<dir>/<kind>/<sha256>`. A file is written aside, synced, renamed, and its folder synced. */
export function createFileBlobs(dir: string): BlobStore {
  const pathOf = (key: string) => {
    if (!keyPattern.test(key)) throw new LockscopeError('blobs.key', `"${key}" is no blob key`, { place: key });
    return join(dir, key);
  };
  return {
    async put(kind, bytes, options = {}) {
      if (!kindPattern.test(kind)) throw new LockscopeError('blobs.kind', `"${kind}" is no blob kind`, { place: kind });
      const folder = join(dir, kind);
      await mkdir(folder, { recursive: true });
      const temporary = join(folder, `${unfinished}${randomUUID()}`);
      try {
        const written = await writeSynced(temporary, bytes, options.maxBytes ?? Number.POSITIVE_INFINITY);
        const key = `${kind}/${written.sha256}`;
        const created = (await sizeOf(pathOf(key))) === undefined;
        if (created) {
          await rename(temporary, pathOf(key));
          await syncFolder(folder);
          await syncFolder(dir);
        }
        return { key, ...written, created } satisfies StoredBlob;
      } catch (error) {
        throw errorCode(error) === 'ENOSPC'
          ? new LockscopeError('blobs.full', 'the disk is full', { cause: error })
          : error;
      } finally {
        await rm(temporary, { force: true });
      }
    },
    async get(key) {
      try {
        return await readFile(pathOf(key));
      } catch (error) {
        if (errorCode(error) === 'ENOENT') return undefined;
        throw error;
      }
    },
    async *stream(key) {
      const path = pathOf(key);
      if ((await sizeOf(path)) === undefined)
        throw new LockscopeError('blobs.missing', `no blob ${key}`, { place: key });
      yield* createReadStream(path);
    },
    open(key) {
      try {
        return openFile(pathOf(key));
      } catch (error) {
        if (errorCode(error) !== 'ENOENT') throw error;
        throw new LockscopeError('blobs.missing', `no blob ${key}`, { place: key });
      }
    },
    async has(key) {
      return (await sizeOf(pathOf(key))) !== undefined;
    },
    async list(kind) {
      if (!kindPattern.test(kind)) throw new LockscopeError('blobs.kind', `"${kind}" is no blob kind`, { place: kind });
      const names = (await namesIn(join(dir, kind))).filter((name) => !name.startsWith(unfinished)).sort();
      const entries = await Promise.all(
        names.map(async (name): Promise<BlobEntry[]> => {
          const sizeBytes = await sizeOf(join(dir, kind, name));
          return sizeBytes === undefined ? [] : [{ key: `${kind}/${name}`, sizeBytes }]; // deleted meanwhile
        }),
      );
      return entries.flat();
    },
    async delete(key) {
      const path = pathOf(key);
      if ((await sizeOf(path)) === undefined) return false;
      await rm(path, { force: true });
      await syncFolder(dirname(path));
      return true;
    },
    async removeUnfinished(kind, before) {
      const left = (await namesIn(join(dir, kind))).filter((name) => name.startsWith(unfinished));
      const paths = left.map((name) => join(dir, kind, name));
      const old = await Promise.all(paths.map(async (path) => ((await modifiedAt(path)) ?? before) < before));
      const removed = paths.filter((_, index) => old[index]);
      for (const path of removed) await rm(path, { force: true });
      return removed.length;
    },
  };
}

async function writeSynced(path: string, bytes: AsyncIterable<Uint8Array> | Uint8Array, maxBytes: number) {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const file = await open(path, 'wx');
  try {
    for await (const piece of bytes instanceof Uint8Array ? [bytes] : bytes) {
      sizeBytes += piece.length;
      if (sizeBytes > maxBytes) {
        throw new LockscopeError('blobs.too-large', `more than ${maxBytes} bytes`, { place: `byte ${maxBytes}` });
      }
      hash.update(piece);
      await file.writeFile(piece);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: hash.digest('hex'), sizeBytes };
}

/** A new name is durable only when its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function sizeOf(path: string): Promise<number | undefined> {
  return (await statOf(path))?.size;
}

async function modifiedAt(path: string): Promise<number | undefined> {
  return (await statOf(path))?.mtimeMs;
}

async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
