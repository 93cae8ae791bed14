'use client';
// Client: buttons that move the window.
import type { TraceMoves } from './trace-keys';

/** Below the picture: what it shows, or why it is not up to date, and the window by buttons. */
export function PictureFoot({
  span,
  problem,
  moves,
  onStall,
}: {
  readonly span: string;
  readonly problem: string | undefined;
  readonly moves: Pick<TraceMoves, 'zoomIn' | 'zoomOut' | 'whole'>;
  /** Undefined when the trace has no lock, and so no stall. */
  readonly onStall: (() => void) | undefined;
}) {
  return (
    <div className="under">
      <p className="micro" role="status">
        {problem === undefined ? span : `The picture is not up to date: ${problem}`}
      </p>
      <span className="zooms">
        <button type="button" className="btn small" onClick={moves.zoomIn}>
          Zoom in
        </button>
        <button type="button" className="btn small" onClick={moves.zoomOut}>
          Zoom out
        </button>
        {onStall === undefined ? null : (
          <button type="button" className="btn small" onClick={onStall}>
            The stall
          </button>
        )}
        <button type="button" className="btn small" onClick={moves.whole}>
          Whole capture
        </button>
      </span>
    </div>
  );
}
