import { writeEvents } from '@/lib/gotrace/read-trace';
import { openTraceFile } from '@/lib/trace-file';
import { exitCode } from './exit-code';
import type { Io } from './io';
import { traceHelp } from './trace-help';
import { parseTraceOptions } from './trace-options';

/** Lines are written in pieces of this many characters. */
const pieceLength = 65_536;

/** `lockscope trace`: the locks of a Go execution trace, or its ordered events. */
export async function run(args: string[], io: Io): Promise<number> {
  const options = parseTraceOptions(args);
  if (options.help) {
    io.stdout(traceHelp);
    return exitCode.fine;
  }
  const file = openTraceFile(options.path);
  try {
    if (options.events) printEvents(file, io);
    return exitCode.fine;
  } finally {
    file.close();
  }
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
