'use client';
// Client: the keyboard.
import { useShortcut } from '@/components/shell/shortcuts';
import { Late } from './late';

export interface TraceMoves {
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly earlier: () => void;
  readonly later: () => void;
  readonly whole: () => void;
  readonly undo: () => void;
  readonly unblocker: () => void;
  readonly holder: () => void;
  readonly root: () => void;
  readonly hold: () => void;
  readonly nextHold: (step: 1 | -1) => void;
  readonly idle: () => void;
}

/** The keys of the picture. `undo` first ends a move that is not in the history yet. */
export function TraceKeys({ moves }: { readonly moves: TraceMoves }) {
  useShortcut({ keys: 'w', label: 'Zoom in', group: 'Time' }, moves.zoomIn);
  useShortcut({ keys: 's', label: 'Zoom out', group: 'Time' }, moves.zoomOut);
  useShortcut({ keys: 'a', label: 'Earlier', group: 'Time' }, moves.earlier);
  useShortcut({ keys: 'd', label: 'Later', group: 'Time' }, moves.later);
  useShortcut({ keys: '0', label: 'The whole capture', group: 'Time' }, moves.whole);
  useShortcut({ keys: 'u', label: 'To the goroutine that ended the wait', group: 'Page' }, moves.unblocker);
  useShortcut({ keys: 'h', label: 'To the holder', group: 'Page' }, moves.holder);
  useShortcut({ keys: 'H', label: 'To the root of the chain', group: 'Page' }, moves.root);
  useShortcut({ keys: 't', label: 'From the wait to its hold, and back to a waiter', group: 'Page' }, moves.hold);
  useShortcut({ keys: '.', label: 'Next hold of the lock', group: 'Page' }, () => moves.nextHold(1));
  useShortcut({ keys: ',', label: 'Hold before', group: 'Page' }, () => moves.nextHold(-1));
  useShortcut({ keys: 'i', label: 'Parked goroutines', group: 'Page' }, moves.idle);
  return (
    <Late>
      <UndoKey undo={moves.undo} />
    </Late>
  );
}

function UndoKey({ undo }: { readonly undo: () => void }) {
  useShortcut({ keys: 'z', label: 'Undo a change of the view', group: 'Page' }, undo);
  return null;
}
