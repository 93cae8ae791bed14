'use client';
// Client: reads files that are dropped or chosen and sends them.
import { useRouter } from 'next/navigation';
import { useEffect, useId, useRef, useState } from 'react';
import { refuseAtOnce } from './refuse-at-once';
import { type Outcome, type Sending, type Sent, sendTrace } from './send-trace';
import { SendingBar } from './sending-bar';

type State =
  | { readonly at: 'idle' | 'cancelled' }
  | { readonly at: 'sending'; readonly name: string; readonly sent: Sent }
  | { readonly at: 'refused'; readonly name: string; readonly why: string }
  | { readonly at: 'kept'; readonly count: number };

/**
 * Takes execution traces: chosen here, or dropped anywhere on the page. One file opens its own page; several stay in
 * the list, in which they are analysed one after the other.
 */
export function DropTrace({
  services,
  service,
  mostBytes,
}: {
  readonly services: readonly string[];
  /** The one that the list is about. */
  readonly service: string | undefined;
  readonly mostBytes: number;
}) {
  const router = useRouter();
  const id = useId();
  const [owner, setOwner] = useState(service ?? '');
  const [state, setState] = useState<State>({ at: 'idle' });
  const sending = useRef<Sending>(undefined);

  const send = async (files: readonly File[]) => {
    let page: string | undefined;
    for (const file of files) {
      const outcome = await sendOne(file);
      if (outcome.at === 'cancelled') return setState({ at: 'cancelled' });
      if (outcome.at === 'refused') return setState({ ...outcome, name: file.name });
      page = outcome.url;
    }
    if (page === undefined) return;
    if (files.length === 1) return router.push(page);
    setState({ at: 'kept', count: files.length });
    router.refresh();
  };
  const sendOne = async (file: File): Promise<Outcome> => {
    const why = await refuseAtOnce(file, mostBytes);
    if (why !== undefined) return { at: 'refused', why };
    const show = (sent: Sent) => setState({ at: 'sending', name: file.name, sent });
    show({ bytes: 0, ofBytes: file.size, seconds: 0 });
    sending.current = sendTrace(file, owner.trim(), show);
    return sending.current.outcome;
  };
  const over = useDroppedFiles((files) => {
    if (state.at !== 'sending') void send(files);
  });
  // A page that is left does not go on sending.
  useEffect(() => () => sending.current?.cancel(), []);
  return (
    <div className={over ? 'drop tr-drop over' : 'drop tr-drop'}>
      {state.at === 'sending' ? (
        <SendingBar {...state} onCancel={() => sending.current?.cancel()} />
      ) : (
        <>
          <div>
            <p className="not-phone">
              <b>Drop a trace anywhere on this page</b>, or
            </p>
            <label htmlFor={id} className="btn">
              Choose a trace
            </label>
            <input
              id={id}
              type="file"
              className="sr"
              multiple
              onChange={(event) => {
                const files = [...(event.target.files ?? [])];
                event.target.value = ''; // the same file can be chosen again
                void send(files);
              }}
            />
          </div>
          <label className="label">
            Service, if you know it
            <input
              className="field"
              list={`${id}-services`}
              value={owner}
              maxLength={200}
              onChange={(event) => setOwner(event.target.value)}
            />
          </label>
          <datalist id={`${id}-services`}>
            {services.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </>
      )}
      <p role="status" className={state.at === 'refused' ? 'bad' : 'muted'}>
        {state.at === 'refused' ? `${state.name}: ${state.why}` : ''}
        {state.at === 'cancelled' ? 'Cancelled: nothing was kept.' : ''}
        {state.at === 'kept' ? `${state.count} traces are here; they are analysed one after the other.` : ''}
      </p>
    </div>
  );
}

/** Takes files dropped anywhere on the page, which a browser would open in its place; true while some hover over it. */
function useDroppedFiles(take: (files: readonly File[]) => void): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const onOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false); // out of the window, not from part to part
    };
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      latest.current([...(event.dataTransfer?.files ?? [])]);
    };
    document.addEventListener('dragover', onOver);
    document.addEventListener('dragleave', onLeave);
    document.addEventListener('drop', onDrop);
    return () => {
      document.removeEventListener('dragover', onOver);
      document.removeEventListener('dragleave', onLeave);
      document.removeEventListener('drop', onDrop);
    };
  }, []);
  return over;
}
