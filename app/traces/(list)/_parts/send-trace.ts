/** How far a file is on its way. */
export interface Sent {
  readonly bytes: number;
  readonly ofBytes: number;
  /** Since its begin. */
  readonly seconds: number;
}

export type Outcome =
  | { readonly at: 'kept'; readonly url: string }
  | { readonly at: 'refused'; readonly why: string }
  | { readonly at: 'cancelled' };

export interface Sending {
  readonly outcome: Promise<Outcome>;
  readonly cancel: () => void;
}

/**
 * Sends a file to `POST /api/v1/upload` as the browser reads it from disk. The request is an XMLHttpRequest: `fetch`
 * does not say how much of a body is sent. Never rejects.
 */
export function sendTrace(file: File, service: string, onProgress: (sent: Sent) => void): Sending {
  const query = new URLSearchParams({ name: file.name });
  if (service !== '') query.set('service', service);
  const request = new XMLHttpRequest();
  const begin = performance.now();
  const outcome = new Promise<Outcome>((resolve) => {
    request.upload.onprogress = ({ loaded, total }) =>
      onProgress({ bytes: loaded, ofBytes: total, seconds: (performance.now() - begin) / 1000 });
    request.onload = () => resolve(readAnswer(request.status, request.responseText));
    request.onerror = () =>
      resolve({ at: 'refused', why: 'the connection ended before the whole file had arrived; try it again' });
    request.onabort = () => resolve({ at: 'cancelled' });
    request.open('POST', `/api/v1/upload?${query}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.send(file);
  });
  return { outcome, cancel: () => request.abort() };
}

function readAnswer(status: number, text: string): Outcome {
  const document = parse(text);
  const field = (name: string): string | undefined => {
    const value: unknown = typeof document === 'object' && document !== null ? Reflect.get(document, name) : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  const url = field('url');
  if (status < 300 && url !== undefined) return { at: 'kept', url };
  return { at: 'refused', why: field('detail') ?? `the server answered ${status}` };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a proxy's page: the status says enough
  }
}
