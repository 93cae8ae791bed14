import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@/scripts/free-port.mjs';
import { hasProgram } from '@/tests/support/has-program';

/** Why no proxy can be started here, or undefined. */
export const nginxMissing = ['nginx', 'openssl'].find((program) => !hasProgram(program));

const name = 'lockscope.example.com';

export interface NginxProxy {
  /** As a browser writes it, with the port. */
  readonly origin: string;
  /** Asks the proxy by its public name, or by another `Host`; resolves with the head of the answer. */
  ask(path: string, options?: ProxyRequest): Promise<IncomingMessage>;
  stop(): Promise<void>;
}

export interface ProxyRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/**
 * Starts nginx with docs/deploy/nginx.conf in front of `upstream`, in `folder`. Only its addresses, the certificate's
 * paths and the folders it writes to are changed. Throws with what nginx printed when it does not start.
 */
export async function startNginx(upstream: string, folder: string): Promise<NginxProxy> {
  mkdirSync(folder, { recursive: true });
  const [certificate, key] = [join(folder, 'proxy.crt'), join(folder, 'proxy.key')];
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`];
  const made = spawnSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject, '-keyout', key, '-out', certificate],
    { encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`openssl: ${made.stderr}`);
  const port = await freePort();
  const site = replaceEach(readFileSync('docs/deploy/nginx.conf', 'utf8'), [
    ['listen 443 ssl', `listen 127.0.0.1:${port} ssl`],
    ['/etc/ssl/lockscope.crt', certificate],
    ['/etc/ssl/lockscope.key', key],
    ['http://127.0.0.1:4040', upstream],
  ]);
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((one) => `${one}_temp_path ${folder}/${one};`);
  const user = process.getuid?.() === 0 ? 'user root;' : ''; // the folder is ours alone
  const config = join(folder, 'nginx.conf');
  writeFileSync(
    config,
    `daemon off; ${user} pid ${folder}/nginx.pid; events {}\nhttp { access_log off; ${paths.join(' ')}\n${site}}\n`,
  );
  const child = spawn('nginx', ['-c', config, '-e', join(folder, 'error.log')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let printed = '';
  child.stderr.on('data', (part) => (printed += part));
  const ca = readFileSync(certificate);
  const host = `${name}:${port}`;
  const ask: NginxProxy['ask'] = (path, { method = 'GET', headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      const options = {
        host: '127.0.0.1',
        port,
        servername: name,
        ca,
        path,
        method,
        headers: { Host: host, ...headers },
      };
      request(options, resolve).once('error', reject).end(body);
    });
  await untilAnswering(ask, child, () => printed);
  return {
    origin: `https://${host}`,
    ask,
    async stop() {
      const ended = once(child, 'exit');
      if (child.exitCode === null && child.kill('SIGTERM')) await ended;
    },
  };
}

/** Each text must be there: the documented file would be another than the one that is tried. */
function replaceEach(text: string, pairs: readonly (readonly [from: string, to: string])[]): string {
  return pairs.reduce((all, [from, to]) => {
    if (!all.includes(from)) throw new Error(`docs/deploy/nginx.conf has no "${from}"`);
    return all.replaceAll(from, to);
  }, text);
}

async function untilAnswering(ask: NginxProxy['ask'], child: ChildProcess, printed: () => string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      (await ask('/healthz')).resume();
      return;
    } catch (error) {
      if (child.exitCode !== null || tries > 200)
        throw new Error(`nginx does not answer: ${printed()}`, { cause: error });
      await sleep(50);
    }
  }
}
