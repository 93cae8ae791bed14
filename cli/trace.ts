import { openFile } from '@/lib/blobs/open-file';
import { writeEvents } from '@/lib/gotrace/read-trace';
import { formatBytes } from '@/lib/units-format';
import { exitCode } from './exit-code';
import type { Io } from './io';
import { readTraceDocument } from './trace-document';
import { traceHelp } from './trace-help';
import { parseTraceOptions } from './trace-options';
import { traceTable } from './trace-table';

/** Lines are written in pieces of this many characters. */
const pieceLength = 65_536;
const progressBytes = 64 << 20;
/** Locks, waits and convoys in the table. */
const shownRows = 10;

/** `lockscope trace`: the locks of a Go execution trace, or its ordered events. */
export async function run(args: string[], io: Io): Promise<number> {
  const options = parseTraceOptions(args);
  if (options.help) {
    io.stdout(traceHelp);
    return exitCode.fine;
  }
  const file = openFile(options.path);
  try {
    if (options.events) {
      printEvents(file, io);
      return exitCode.fine;
    }
    const { document, headline } = readTraceDocument(file, options, progressTo(io, file.size));
    io.stdout(
      options.json
        ? `${JSON.stringify(document, null, 2)}\n`
        : traceTable(document, headline, options.top ?? shownRows),
    );
    return exitCode.fine;
  } finally {
    file.close();
  }
}

/** Says how far it is every 64 MB: smaller files take no time worth telling. */
function progressTo(io: Io, size: number): (bytes: number) => void {
  let told = 0;
  return (bytes) => {
    if (bytes - told < progressBytes || bytes >= size) return;
    told = bytes;
    io.stderr(`lockscope trace: ${formatBytes(bytes)} of ${formatBytes(size)}\n`);
  };
}

function printEvents(file: Parameters<typeof writeEvents>[0], io: Io): void {
  let piece = '';
  try {
    writeEvents(file, (line) => {
      piece += `${line}\n`;
      if (piece.length < pieceLength) return;
      io.stdout(piece);
      piece = '';
    });
  } finally {
    if (piece !== '') io.stdout(piece);
  }
}
