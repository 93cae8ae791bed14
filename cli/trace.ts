import { writeEvents } from '@/lib/gotrace/read-trace';
import { formatBytes } from '@/lib/units-format';
import { exitCode } from './exit-code';
import type { Io } from './io';
import { leftOutLines } from './left-out-lines';
import { readTraceDocument } from './trace-document';
import { traceHelp } from './trace-help';
import { namingFile, openTraceInput } from './trace-input';
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
  const { file, source, leftOut } = await openTraceInput(options.path);
  const files = leftOut.length === 0 ? {} : { files: leftOut };
  for (const line of leftOutLines(files)) io.stderr(`${line}\n`);
  try {
    namingFile(file, () => {
      if (options.events) return printEvents(source, io);
      const { document, headline } = readTraceDocument(source, options, progressTo(io, source.size));
      const told = { ...document, left_out: { ...document.left_out, ...files } };
      io.stdout(
        options.json ? `${JSON.stringify(told, null, 2)}\n` : traceTable(told, headline, options.top ?? shownRows),
      );
    });
    return exitCode.fine;
  } finally {
    source.close();
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
