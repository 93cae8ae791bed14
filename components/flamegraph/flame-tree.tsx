'use client';
// Client: keyboard and pointer.
import { type KeyboardEvent, useId } from 'react';
import type { FlameNode } from '@/lib/flamegraph/flame-node';
import { boxOf, type Forest } from '@/lib/flamegraph/forest';
import type { Box } from '@/lib/flamegraph/layout';
import type { FlameMarks } from './draw-flame';
import { FlameChart } from './flame-chart';
import type { FlameHalf } from './flame-explorer';
import { type FlameAction, flameAction } from './flame-keys';
import { formatFineShare, formatValue, type ValueKind } from './format-value';
import { MiddleRow } from './middle-row';

interface DrawnHalf extends FlameHalf {
  readonly fill: (node: FlameNode) => string;
}

interface FlameTreeProps {
  readonly title: string;
  readonly forest: Forest;
  readonly active: Box;
  readonly activeTotal: number;
  readonly kind: ValueKind;
  readonly zoom: string | undefined;
  readonly marks: FlameMarks;
  readonly down: DrawnHalf;
  readonly up: DrawnHalf | undefined;
  readonly sharedRows: number;
  readonly act: (action: FlameAction) => void;
  readonly onClick: (id: string) => void;
  readonly onHover: (id: string | undefined) => void;
}

/**
 * The graph as one tab stop: arrows move a virtual focus over the tree, a hidden tree item says where it stands,
 * the picture follows.
 */
export function FlameTree(props: FlameTreeProps) {
  const { title, forest, active, kind, zoom, marks, down, up, sharedRows, act, onClick, onHover } = props;
  const itemId = useId();
  const onKeyDown = (event: KeyboardEvent): void => {
    const action = flameAction(event);
    if (action === undefined) return;
    // A text selection is copied as usual.
    if (action.do === 'copy' && (getSelection()?.toString() ?? '') !== '') return;
    event.preventDefault();
    act(action);
  };
  const chart = { marks, onClick, onHover, hiddenRows: sharedRows };
  return (
    <div
      role="tree"
      tabIndex={0}
      className="fg-tree"
      aria-label={`${title}. Arrow keys move, Enter zooms, Backspace zooms out.`}
      aria-activedescendant={itemId}
      onKeyDown={onKeyDown}
      onPointerLeave={() => onHover(undefined)}
    >
      {/* biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus; this is its active item */}
      <div
        id={itemId}
        role="treeitem"
        className="sr"
        aria-level={active.depth + 1}
        aria-setsize={active.siblings}
        aria-posinset={active.position}
        aria-selected="true"
      >
        {spokenFrame(active.node, props.activeTotal, kind)}
      </div>
      {up === undefined ? null : (
        <>
          <p className="fg-half" aria-hidden="true">
            <b>{up.title}</b> {up.note}
          </p>
          <FlameChart
            {...chart}
            root={up.root}
            grows="up"
            rows={rowsOf(forest.up)}
            fill={up.fill}
            zoom={zoomOf(forest, 'up', zoom)}
          />
          <MiddleRow
            forest={forest}
            depth={sharedRows - 1}
            zoom={zoom}
            selected={active.node.id}
            kind={kind}
            onClick={onClick}
          />
        </>
      )}
      <FlameChart
        {...chart}
        root={down.root}
        grows="down"
        rows={rowsOf(forest.down)}
        fill={down.fill}
        zoom={zoomOf(forest, 'down', zoom)}
      />
      {up === undefined ? null : (
        <p className="fg-half" aria-hidden="true">
          <b>{down.title}</b> {down.note}
        </p>
      )}
    </div>
  );
}

function spokenFrame(node: FlameNode, total: number, kind: ValueKind): string {
  const name = node.merged > 0 ? `${node.merged} merged frames` : node.name === 'root' ? 'all stacks' : node.name;
  const share = total > 0 ? `, ${formatFineShare(node.total / total)}` : '';
  return `${name}, ${formatValue(node.total, kind)}${share}`;
}

/** Rows that hold a frame of more than two pixels on a page of common width. */
function rowsOf(boxes: ReadonlyMap<string, Box> | undefined): number {
  let depth = 0;
  for (const box of boxes?.values() ?? []) if (box.width > 2 / 1300 && box.depth > depth) depth = box.depth;
  return depth + 1;
}

/** The zoomed node in one half, or its nearest ancestor there: a lock is in both, its callers in one. */
function zoomOf(forest: Forest, half: 'up' | 'down', zoom: string | undefined): string | undefined {
  const boxes = half === 'up' ? forest.up : forest.down;
  for (let id = zoom; id !== undefined && boxes !== undefined; id = boxOf(forest, id)?.parent) {
    if (boxes.has(id)) return id === forest.rootId ? undefined : id;
  }
  return undefined;
}
