import { createHmac } from 'node:crypto';
import { isSameSecret } from '@/lib/access/credentials';
import { type UnixMs, unixMs } from '@/lib/units';

export const sessionCookie = 'lockscope_session';
/** 30 days: a dashboard on a wall should not ask each morning. */
export const sessionMs = 30 * 86_400_000;

/**
 * What the cookie holds: when it ends, and a signature made with the token. Nothing is kept on the
 * server, the token itself is not in it, and another token ends every session.
 */
export function makeSession(token: string, now: UnixMs): string {
  const end = unixMs(now + sessionMs);
  return `${end}.${signature(token, end)}`;
}

/** True for a value that `makeSession` made with this token and that has not ended. */
export function isSession(value: string, token: string, now: UnixMs): boolean {
  const [, end, signed] = /^(\d{1,15})\.([\w-]+)$/.exec(value) ?? [];
  if (end === undefined || signed === undefined) return false;
  return isSameSecret(signed, signature(token, unixMs(Number(end)))) && Number(end) > now;
}

/** The session of a `Cookie` header, or undefined. */
export function sessionOf(cookie: string | undefined): string | undefined {
  for (const part of cookie?.split(';') ?? []) {
    const [name, value] = part.trim().split('=', 2);
    if (name === sessionCookie) return value;
  }
  return undefined;
}

function signature(token: string, end: UnixMs): string {
  return createHmac('sha256', token).update(`lockscope session ${end}`).digest('base64url');
}
