import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { isSameSecret } from '@/lib/access/credentials';
import { makeSession, sessionCookie, sessionMs } from '@/lib/access/session';
import { header, readBody, sendProblem } from '@/lib/http/respond';
import type { UnixMs } from '@/lib/units';

/** A guess costs this long; the token is long anyway. */
const failureDelayMs = 500;

/**
 * `POST /login` with the form fields `token` and `next`: a session cookie and the page asked for, or the
 * login page again with `error=1`, noted as `access.login`.
 */
export async function handleLogin(
  req: IncomingMessage,
  res: ServerResponse,
  token: string | undefined,
  now: UnixMs,
  noteRefused: (code: string) => void,
): Promise<void> {
  const body = await readBody(req, 8_192);
  if (body === undefined) return sendProblem(res, 413, 'login.too-large', 'the form is too large');
  const form = new URLSearchParams(body.toString('utf8'));
  const next = localPath(form.get('next') ?? '/');
  if (token !== undefined && !isSameSecret(form.get('token') ?? '', token)) {
    noteRefused('access.login');
    await sleep(failureDelayMs);
    res.writeHead(303, { Location: `/login?error=1&next=${encodeURIComponent(next)}`, 'Cache-Control': 'no-store' });
    res.end();
    return;
  }
  if (token !== undefined) {
    const secure = header(req, 'origin')?.startsWith('https:') === true ? '; Secure' : '';
    const value = `${sessionCookie}=${makeSession(token, now)}`;
    res.setHeader('Set-Cookie', `${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${sessionMs / 1_000}${secure}`);
  }
  res.writeHead(303, { Location: next, 'Cache-Control': 'no-store' }).end();
}

/** A path of this server, or `/`: never an address that leads away. */
export function localPath(text: string): string {
  return /^\/(?![/\\])[^\s\\]*$/.test(text) ? text : '/';
}
