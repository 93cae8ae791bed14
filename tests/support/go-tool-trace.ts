import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The Go whose `go tool trace` is the oracle: it reads traces of every version since 1.22. */
export const oracleGo = '1.27.0';

/**
 * The environment that makes `go` be this version; undefined when it is neither installed nor in the module cache.
 * Nothing is downloaded.
 */
export function goToolchain(version: string): Record<string, string> | undefined {
  const { status, stdout } = spawnSync('go', ['env', 'GOVERSION', 'GOMODCACHE', 'GOHOSTOS', 'GOHOSTARCH'], {
    encoding: 'utf8',
    env: { ...process.env, GOTOOLCHAIN: 'local' },
  });
  if (status !== 0) return undefined;
  const [installed = '', cache = '', os = '', arch = ''] = stdout.trim().split('\n');
  if (installed === `go${version}` || installed.startsWith(`go${version}.`)) return { GOTOOLCHAIN: 'local' };
  const unpacked = join(cache, 'golang.org', `toolchain@v0.0.1-go${version}.${os}-${arch}`);
  return existsSync(unpacked) ? { GOTOOLCHAIN: `go${version}` } : undefined;
}

/**
 * Calls `line` with each event of `go tool trace -d=parsed` on one line: header TAB stack of what changes TAB stack of
 * the code that ran, frames leaf first as `function:line` joined by `;`. Throws with the tool's words when it fails.
 */
export async function parsedByGo(
  trace: string,
  line: (text: string) => void,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const tool = spawn('go', ['tool', 'trace', '-d=parsed', trace], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  tool.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const ended = new Promise<number | null>((resolve, reject) => tool.once('error', reject).once('close', resolve));
  const flat = new FlatEvents(line);
  for await (const text of createInterface({ input: tool.stdout })) flat.add(text);
  flat.end();
  const status = await ended;
  if (status !== 0) throw new Error(`go tool trace ended with ${status}: ${complaint}`);
}

/** Puts the tool's paragraphs, `header`, `TransitionStack=`, `Stack=`, two lines a frame, on one line each. */
class FlatEvents {
  readonly #write: (text: string) => void;
  #header: string | undefined;
  #stacks: Record<'TransitionStack=' | 'Stack=', string[]> = { 'TransitionStack=': [], 'Stack=': [] };
  #frames: string[] = [];

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  add(text: string): void {
    if (/^M=-?\d+ /.test(text)) {
      this.end();
      this.#header = text.trimEnd();
      this.#stacks = { 'TransitionStack=': [], 'Stack=': [] };
    } else if (text === 'TransitionStack=' || text === 'Stack=') {
      this.#frames = this.#stacks[text];
    } else if (text.startsWith('\t\t')) {
      const frame = this.#frames.pop() ?? '';
      this.#frames.push(`${frame}:${text.slice(text.lastIndexOf(':') + 1)}`);
    } else if (text.startsWith('\t')) {
      // Without a name only `@ 0x…` is printed, and stays.
      this.#frames.push(text.slice(1, text.lastIndexOf(' @ ')) || text.trim());
    }
  }

  end(): void {
    if (this.#header === undefined) return;
    const { 'TransitionStack=': own, 'Stack=': running } = this.#stacks;
    this.#write(`${this.#header}\t${own.join(';')}\t${running.join(';')}`);
    this.#header = undefined;
  }
}
