import { errorMessage } from '@/lib/errors';
import { headerBytes, looksLikeTrace, readHeader } from '@/lib/gotrace/header';
import { bufferSource } from '@/lib/gotrace/source';
import { formatBytes } from '@/lib/units-format';

/** Why a file need not be sent: its first bytes or its size say that it would be refused; undefined = send it. */
export async function refuseAtOnce(file: Blob, mostBytes: number): Promise<string | undefined> {
  if (file.size > mostBytes) {
    return `${formatBytes(file.size)} are more than the ${formatBytes(mostBytes)} that this server takes (limits.trace)`;
  }
  const head = new Uint8Array(await file.slice(0, headerBytes).arrayBuffer());
  if (head.length === 0) return 'the file is empty';
  if (head[0] === 0x1f && head[1] === 0x8b) {
    return 'this is a gzip file: unpack a trace first; a pprof profile belongs on the Connect page';
  }
  if (!looksLikeTrace(head))
    return 'this is no Go execution trace, which begins with "go 1."; a pprof profile belongs on the Connect page';
  try {
    readHeader(bufferSource(head));
    return undefined;
  } catch (error) {
    return errorMessage(error);
  }
}
