/** One part of a form as pyroscope-go sends it; the body is what lies between the part's header and the next boundary. */
export interface Part {
  readonly name: string;
  readonly filename: string;
  readonly contentType: string;
  readonly body: Buffer;
}

const CRLF = '\r\n';
const HEADER_END = Buffer.from('\r\n\r\n');

/** Takes a multipart body apart. Throws when it is not closed or a part has no header; enough for what Go's writer makes. */
export function parseMultipart(body: Buffer, contentType: string): Part[] {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (boundary === undefined) throw new Error(`no boundary in content type ${contentType}`);
  const delimiter = Buffer.from(`--${boundary}`);
  const parts: Part[] = [];
  let at = body.indexOf(delimiter);
  while (at !== -1) {
    const start = at + delimiter.length;
    if (body.toString('latin1', start, start + 2) === '--') return parts;
    const end = body.indexOf(`${CRLF}--${boundary}`, start);
    if (end === -1) break;
    parts.push(parsePart(body.subarray(start + CRLF.length, end)));
    at = end + CRLF.length;
  }
  throw new Error(`multipart body of ${body.length} bytes is not closed`);
}

function parsePart(text: Buffer): Part {
  const headerEnd = text.indexOf(HEADER_END);
  if (headerEnd === -1) throw new Error('a part has no header');
  const header = text.toString('utf8', 0, headerEnd);
  return {
    name: /[; ]name="([^"]*)"/i.exec(header)?.[1] ?? '',
    filename: /filename="([^"]*)"/i.exec(header)?.[1] ?? '',
    contentType: /^content-type: *(.+)$/im.exec(header)?.[1]?.trim() ?? '',
    body: text.subarray(headerEnd + HEADER_END.length),
  };
}

/** Puts parts together as Go's multipart.Writer does: header names, their order, quotes and line ends. */
export function buildMultipart(parts: readonly Part[], boundary: string): { body: Buffer; contentType: string } {
  const chunks: Buffer[] = [];
  for (const [index, part] of parts.entries()) {
    const header = [
      `${index === 0 ? '' : CRLF}--${boundary}`,
      `Content-Disposition: form-data; name="${part.name}"; filename="${part.filename}"`,
      `Content-Type: ${part.contentType}`,
      CRLF,
    ];
    chunks.push(Buffer.from(header.join(CRLF)), part.body);
  }
  chunks.push(Buffer.from(`${CRLF}--${boundary}--${CRLF}`));
  return { body: Buffer.concat(chunks), contentType: `multipart/form-data; boundary=${boundary}` };
}
