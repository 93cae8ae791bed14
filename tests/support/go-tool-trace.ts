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
 * Each event of `go tool trace -d=parsed` on one line: header TAB stack of what changes TAB stack of the code that ran,
 * frames leaf first as `function:line` joined by `;`. Throws with the tool's words when it fails.
 */
export async function* parsedByGo(trace: string, env: Readonly<Record<string, string>>): AsyncGenerator<string> {
  const tool = spawn('go', ['tool', 'trace', '-d=parsed', trace], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  tool.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const ended = new Promise<number | null>((resolve, reject) => tool.once('error', reject).once('close', resolve));
  const flat = new FlatEvents();
  for await (const text of createInterface({ input: tool.stdout })) {
    const event = flat.add(text);
    if (event !== undefined) yield event;
  }
  const last = flat.end();
  if (last !== undefined) yield last;
  const status = await ended;
  if (status !== 0) throw new Error(`go tool trace ended with ${status}: ${complaint}`);
}

/** Puts the tool's paragraphs, `header`, `TransitionStack=`, `Stack=`, two lines a frame, on one line each. */
class FlatEvents {
  #header: string | undefined;
  #stacks: Record<'TransitionStack=' | 'Stack=', string[]> = { 'TransitionStack=': [], 'Stack=': [] };
  #frames: string[] = [];

  /** The event that a line ends by beginning the next. */
  add(text: string): string | undefined {
    if (/^M=-?\d+ /.test(text)) {
      const ended = this.end();
      this.#header = text.trimEnd();
      this.#stacks = { 'TransitionStack=': [], 'Stack=': [] };
      return ended;
    }
    if (text === 'TransitionStack=' || text === 'Stack=') {
      this.#frames = this.#stacks[text];
    } else if (text.startsWith('\t\t')) {
      const frame = this.#frames.pop() ?? '';
      this.#frames.push(`${frame}:${text.slice(text.lastIndexOf(':') + 1)}`);
    } else if (text.startsWith('\t')) {
      // Without a name only `@ 0x…` is printed, and stays.
      this.#frames.push(text.slice(1, text.lastIndexOf(' @ ')) || text.trim());
    }
    return undefined;
  }

  end(): string | undefined {
    if (this.#header === undefined) return undefined;
    const { 'TransitionStack=': own, 'Stack=': running } = this.#stacks;
    return `${this.#header}\t${own.join(';')}\t${running.join(';')}`;
  }
}
