import type { Server } from 'node:http';
import { errorCode, LockscopeError } from '@/lib/errors';

/** Starts listening and gives the address for people and clients. Throws `server.port` or `server.address` saying what to change. */
export async function listen(server: Server, host: string, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenError(error, host, port)));
    server.listen(port, host, resolve);
  });
  const bound = server.address();
  const boundPort = typeof bound === 'object' && bound !== null ? bound.port : port;
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${boundPort}`;
}

function listenError(error: Error, host: string, port: number): LockscopeError {
  const details = { place: `${host}:${port}`, cause: error };
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return new LockscopeError(
        'server.port',
        `port ${port} on ${host} is in use: set LOCKSCOPE_PORT or --port`,
        details,
      );
    case 'EACCES':
      return new LockscopeError('server.port', `port ${port} on ${host} is not allowed for this user`, details);
    default:
      return new LockscopeError('server.address', `cannot listen on ${host}:${port}: ${error.message}`, details);
  }
}
