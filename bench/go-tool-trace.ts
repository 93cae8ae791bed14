import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a program used until a moment. */
export interface Used {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMegabytes: number;
}

/** The trace tool of Go itself, or undefined without a Go toolchain. Builds it when Go has not yet. */
export function goTraceTool(): string | undefined {
  const { status, stdout } = spawnSync('go', ['tool', '-n', 'trace'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/** Runs the tool on one core until it writes that it listens, then until its first page and its view have answered. */
export async function measurePage(tool: string, trace: string, core: readonly string[]): Promise<Used> {
  return measure(tool, ['-http=127.0.0.1:0', trace], core, async (child) => {
    const url = await new Promise<string>((resolve, reject) => {
      let text = '';
      child.stderr?.setEncoding('utf8').on('data', (part: string) => {
        text += part;
        const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(text) ?? [];
        if (found !== undefined) resolve(found);
      });
      child.once('exit', () => reject(new Error(`go tool trace ended: ${text}`)));
    });
    for (const path of ['/', '/trace']) {
      const answer = await fetch(`${url}${path}`);
      if (!answer.ok) throw new Error(`go tool trace answers ${answer.status} to ${path}`);
      await answer.arrayBuffer();
    }
  });
}

/** Runs the tool on one core until it has written its profile of waits on locks, channels and select. */
export function measureSyncProfile(tool: string, trace: string, core: readonly string[]): Promise<Used> {
  return measure(tool, ['-pprof=sync', trace], core, async (child) => {
    child.stdout?.resume();
    const [code] = await once(child, 'exit');
    if (code !== 0) throw new Error(`go tool trace -pprof=sync ended with ${code}`);
  });
}

async function measure(
  tool: string,
  args: readonly string[],
  core: readonly string[],
  until: (child: ChildProcess) => Promise<void>,
): Promise<Used> {
  const [command = tool, ...before] = [...core, tool];
  const start = performance.now();
  // It opens a browser when it may: `true` is one that shows nothing.
  const child = spawn(command, [...before, ...args], {
    env: { ...process.env, BROWSER: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let used = { cpuMs: 0, peakMegabytes: 0 };
  let watching = true;
  const watched = (async () => {
    while (watching) {
      used = readUsed(child.pid) ?? used;
      await sleep(50);
    }
  })();
  try {
    await until(child);
    const wallMs = performance.now() - start;
    used = readUsed(child.pid) ?? used;
    return { wallMs, ...used };
  } finally {
    watching = false;
    await watched;
    child.kill('SIGKILL');
  }
}

/** From /proc, where there is one; a process that ended has nothing there. */
export function readUsed(pid: number | undefined): { cpuMs: number; peakMegabytes: number } | undefined {
  try {
    const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // After the name in brackets, fields 14 and 15 of proc(5): clock ticks of 10 ms, user and system.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (peak === null) return undefined;
    return {
      cpuMs: (Number(fields[11]) + Number(fields[12])) * 10,
      peakMegabytes: (Number(peak[1]) * 1_024) / 1e6,
    };
  } catch {
    return undefined;
  }
}
