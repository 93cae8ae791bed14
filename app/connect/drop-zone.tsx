'use client';
// Client: reads files that are dropped or chosen and sends them.
import { useRouter } from 'next/navigation';
import { type DragEvent, useId, useState } from 'react';

type State =
  | { readonly at: 'idle' }
  | { readonly at: 'sending'; readonly name: string }
  | { readonly at: 'refused'; readonly name: string; readonly why: string };

/** Sends pprof files to `POST /api/v1/upload` and opens the last one's page; a refusal is shown in the server's words. */
export function DropZone() {
  const router = useRouter();
  const id = useId();
  const [over, setOver] = useState(false);
  const [state, setState] = useState<State>({ at: 'idle' });

  const send = async (files: readonly File[]) => {
    let page: string | undefined;
    for (const file of files) {
      setState({ at: 'sending', name: file.name });
      const answer = await sendFile(file);
      if ('why' in answer) {
        setState({ at: 'refused', name: file.name, why: answer.why });
        return;
      }
      page = answer.url;
    }
    if (page !== undefined) router.push(page);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void send([...event.dataTransfer.files]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the pointer's extra; the field inside has the keyboard
    <div
      className={over ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <label htmlFor={id}>Drop files here, or choose them</label>
      <input id={id} type="file" multiple onChange={(event) => void send([...(event.target.files ?? [])])} />
      <p role="status" className={state.at === 'refused' ? 'bad' : 'muted'}>
        {state.at === 'sending' ? `Sending ${state.name}` : ''}
        {state.at === 'refused' ? `${state.name}: ${state.why}` : ''}
      </p>
    </div>
  );
}

async function sendFile(file: File): Promise<{ readonly url: string } | { readonly why: string }> {
  try {
    const response = await fetch(`/api/v1/upload?name=${encodeURIComponent(file.name)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
    });
    const document: unknown = await response.json();
    const field = (name: string): string | undefined => {
      const value: unknown =
        typeof document === 'object' && document !== null ? Reflect.get(document, name) : undefined;
      return typeof value === 'string' ? value : undefined;
    };
    const url = field('url');
    if (response.ok && url !== undefined) return { url };
    return { why: field('detail') ?? `the server answered ${response.status}` };
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}
