import { readFileSync, statSync } from 'node:fs';
import { openFile } from '@/lib/blobs/open-file';
import type { BlobFile } from '@/lib/blobs/port';
import { errorCode, errorMessage, LockscopeError } from '@/lib/errors';
import { headerBytes, readHeader } from '@/lib/gotrace/header';
import { bufferSource } from '@/lib/gotrace/source';
import { filesOfPath } from './files-of-path';
import type { LeftOutFile } from './inputs';

export interface TraceInput {
  readonly file: string;
  readonly source: BlobFile;
  /** The other files of a folder, none of them a trace that can be read. */
  readonly leftOut: readonly LeftOutFile[];
}

/**
 * Opens the trace that `path` names: a file, a pipe, or a folder in which one file is a trace. Throws `input.missing`,
 * `input.unusable` for what is no trace of Go 1.22 or newer, and `cli.usage` for a folder with several.
 */
export async function openTraceInput(path: string): Promise<TraceInput> {
  const files = await filesOfPath(path);
  const leftOut: LeftOutFile[] = [];
  const traces: string[] = [];
  for (const file of files) {
    const reason = unusableBecause(file);
    if (reason === undefined) traces.push(file);
    else leftOut.push({ file, reason });
  }
  const [file, ...others] = traces;
  if (others.length > 0) throw new LockscopeError('cli.usage', `${path} has ${traces.length} traces: name one of them`);
  if (file !== undefined) return { file, source: openAny(file), leftOut };
  const reasons = leftOut.map((one) => `${one.file}: ${one.reason}`).join('\n  ');
  const message = files.length === 1 ? reasons : `${path}: no execution trace in it\n  ${reasons}`.trimEnd();
  throw new LockscopeError('input.unusable', message, { place: path });
}

/** Runs `read`, whose errors about the trace do not know the file: theirs name it. */
export function namingFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const code = errorCode(error);
    if (code?.startsWith('gotrace.') !== true) throw error;
    throw new LockscopeError(code, `${file}: ${errorMessage(error)}`, { place: file, cause: error });
  }
}

/** A pipe can be looked at only once: it is judged where it is read. */
function unusableBecause(file: string): string | undefined {
  try {
    if (!statSync(file).isFile()) return undefined;
    const source = openFile(file);
    try {
      return unlike(source.read(0, headerBytes)) ?? headerError(source);
    } finally {
      source.close();
    }
  } catch (error) {
    return errorMessage(error);
  }
}

function unlike([first, second]: Uint8Array): string | undefined {
  if (first === undefined) return 'the file is empty; expected a Go execution trace';
  if (first === 0x1f && second === 0x8b) return 'a gzip file, as profiles are; expected a Go execution trace, unpacked';
  return undefined;
}

function headerError(source: BlobFile): string | undefined {
  try {
    readHeader(source);
    return undefined;
  } catch (error) {
    return errorMessage(error);
  }
}

function openAny(file: string): BlobFile {
  if (statSync(file).isFile()) return openFile(file);
  return { ...bufferSource(readFileSync(file)), close: () => {} };
}
