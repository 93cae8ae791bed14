export type Recorded = { readonly at: 'kept'; readonly url: string } | { readonly at: 'refused'; readonly why: string };

/** Asks `POST /api/v1/targets/{id}/trace` for a trace; resolves when it is stored, or refused in the server's words. */
export async function recordTarget(id: string, seconds: number): Promise<Recorded> {
  try {
    const response = await fetch(`/api/v1/targets/${encodeURIComponent(id)}/trace`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ seconds }),
    });
    const document: unknown = await response.json();
    const url = textOf(fieldOf(document, 'capture'), 'url');
    if (response.ok && url !== undefined) return { at: 'kept', url };
    return { at: 'refused', why: textOf(document, 'detail') ?? `the server answered ${response.status}` };
  } catch (error) {
    return { at: 'refused', why: error instanceof Error ? error.message : String(error) };
  }
}

function textOf(value: unknown, name: string): string | undefined {
  const text = fieldOf(value, name);
  return typeof text === 'string' ? text : undefined;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
