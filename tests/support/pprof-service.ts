import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PprofService {
  readonly url: string;
  /** What `/debug/pprof/<name>` answers, `after` = nothing for so many ms; undefined = 404. Texts of `?debug=1` go by `<name>?debug=1`. */
  readonly profiles: Map<
    string,
    Buffer | { readonly status: number; readonly text: string } | { readonly after: number }
  >;
  /** Headers of an answer beside its bytes, by the same names. */
  readonly headers: Map<string, Readonly<Record<string, string>>>;
  /** Paths asked for, in order. */
  readonly asked: string[];
  close(): Promise<void>;
}

/** Answers like `net/http/pprof` with given bytes. */
export async function startPprofService(): Promise<PprofService> {
  const profiles: PprofService['profiles'] = new Map();
  const headers: PprofService['headers'] = new Map();
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? '').replace('/debug/pprof/', '');
    asked.push(path);
    const answer = profiles.get(path) ?? (path.includes('debug=') ? undefined : profiles.get(path.split('?')[0] ?? ''));
    if (Buffer.isBuffer(answer)) response.writeHead(200, headers.get(path)).end(answer);
    else if (answer !== undefined && 'after' in answer) setTimeout(() => response.end(), answer.after).unref();
    else response.writeHead(answer?.status ?? 404, { 'X-Go-Pprof': '1' }).end(answer?.text ?? 'Unknown profile\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    // `listen` on a TCP port gives an AddressInfo.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    profiles,
    headers,
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
