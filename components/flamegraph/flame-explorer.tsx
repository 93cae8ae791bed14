'use client';
// Client: keyboard, pointer and drawing.
import { useMemo, useRef, useState } from 'react';
import type { FlameNode } from '@/lib/flamegraph/flame-node';
import { boxOf, layoutForest } from '@/lib/flamegraph/forest';
import type { Box } from '@/lib/flamegraph/layout';
import { frameMatcher, searchTree } from '@/lib/flamegraph/search';
import { DetailBar } from './detail-bar';
import { type ColourBy, fillsOf } from './fills';
import type { FlameAction } from './flame-keys';
import { FlameSearch } from './flame-search';
import { FlameTree } from './flame-tree';
import { formatValue, type ValueKind } from './format-value';
import { factsBySite, type SiteFacts } from './frame-facts';
import { FrameTable } from './frame-table';
import { Minimap } from './minimap';
import { ReasonHatches } from './reason-hatches';
import { SvgButton } from './svg-button';
import { useFlameActions } from './use-flame-actions';
import { useFlameState } from './use-flame-state';
import './flamegraph.css';

export interface FlameHalf {
  readonly root: FlameNode;
  /** What shares are of. */
  readonly total: number;
  /** `Who waits`, and what was measured: `5 863 goroutine-s waited`. */
  readonly title: string;
  readonly note: string;
  /** In the table: `waits`. */
  readonly verb: string;
}

export interface FlameExplorerProps {
  readonly title: string;
  readonly down: FlameHalf;
  /** The half that grows up from the common row; undefined for a single graph. */
  readonly up: FlameHalf | undefined;
  /** Rows at the root that both halves share: 0 alone, 1 the function of a sandwich, 2 root and locks of a mirror. */
  readonly sharedRows: 0 | 1 | 2;
  /** Callers are children: where a stack ends is no longer `self`. */
  readonly inverted: boolean;
  readonly kind: ValueKind;
  readonly colourBy: ColourBy;
  readonly sites: readonly SiteFacts[];
  /** Colours and words of another meaning than package and wait reason: a comparison's. */
  readonly overlay?: {
    readonly fill: (id: string) => string;
    readonly says: (id: string) => string;
    /** Frames in a full colour, so their label is of the other ink. */
    readonly strong: ReadonlySet<string>;
  };
}

/** A flame graph, or two that share a row, with search, minimap, keyboard, detail bar and the same frames as a table. */
export function FlameExplorer(props: FlameExplorerProps) {
  const { title, down, up, sharedRows, inverted, kind, colourBy, sites, overlay } = props;
  const forest = useMemo(() => layoutForest(down.root, up?.root), [down.root, up?.root]);
  const state = useFlameState(forest.rootId);
  const { selected, query, zoom } = state;
  const [hovered, setHovered] = useState<string>();
  const searchField = useRef<HTMLInputElement>(null);
  const facts = useMemo(() => factsBySite(sites), [sites]);
  const matcher = useMemo(() => frameMatcher(query), [query]);
  const found = useMemo(() => {
    const above = up === undefined ? undefined : searchTree(up.root, matcher);
    const below = searchTree(down.root, matcher);
    return { hits: [...(above?.hits ?? []), ...below.hits], value: (above?.value ?? 0) + below.value };
  }, [up, down.root, matcher]);
  const strong = useMemo(
    () => overlay?.strong ?? siteIds(sharedRows, [down.root, up?.root]),
    [overlay, sharedRows, down.root, up?.root],
  );
  const marks = useMemo(() => ({ selected, hits: new Set(found.hits), strong }), [selected, found.hits, strong]);
  const downFill = useMemo(
    () =>
      overlay === undefined
        ? fillsOf(down.root, colourBy, 'waiter', strong)
        : (node: FlameNode) => overlay.fill(node.id),
    [down.root, colourBy, strong, overlay],
  );
  const upFill = useMemo(
    () => (up === undefined ? undefined : fillsOf(up.root, colourBy, 'holder', strong)),
    [up, colourBy, strong],
  );
  const { act: actOnAll, copied } = useFlameActions(forest, state, found.hits, sharedRows, () =>
    searchField.current?.focus(),
  );
  const act: typeof actOnAll = (action) => {
    if (overlay === undefined || !foldsAnew(action)) actOnAll(action);
  };

  const active = boxOf(forest, selected) ?? boxOf(forest, forest.rootId);
  const shown = (hovered === undefined ? undefined : boxOf(forest, hovered)) ?? active;
  if (active === undefined || shown === undefined) return null;
  // A row that both halves share has a part of each: no share of one of them.
  const totalOf = ({ node, depth }: Box) => {
    if (up === undefined) return down.total;
    return depth < sharedRows ? 0 : forest.down.has(node.id) ? down.total : up.total;
  };
  return (
    <>
      <FlameSearch
        field={searchField}
        query={query}
        error={matcher.error}
        position={found.hits.indexOf(selected)}
        count={found.hits.length}
        value={found.hits.length === 0 ? '' : formatValue(found.value, kind)}
        search={state.search}
        step={(forward) => act({ do: forward ? 'nextHit' : 'previousHit' })}
      >
        <SvgButton
          title={title}
          down={{ ...down, fill: downFill }}
          up={up === undefined || upFill === undefined ? undefined : { ...up, fill: upFill }}
          sharedRows={sharedRows}
          kind={kind}
        />
      </FlameSearch>
      <div className="fg-graph">
        {colourBy === 'reason' ? <ReasonHatches /> : null}
        <Minimap forest={forest} sided={sharedRows === 2} zoom={zoom} hits={found.hits} />
        <FlameTree
          title={title}
          forest={forest}
          active={active}
          activeTotal={totalOf(active)}
          kind={kind}
          zoom={zoom}
          marks={marks}
          down={{ ...down, fill: downFill }}
          up={up === undefined || upFill === undefined ? undefined : { ...up, fill: upFill }}
          sharedRows={sharedRows}
          act={(action) => {
            setHovered(undefined);
            act(action);
          }}
          onClick={(id) => {
            state.select(id);
            state.zoomTo(id);
          }}
          onHover={setHovered}
        />
        <DetailBar
          node={shown.node}
          total={totalOf(shown)}
          kind={kind}
          facts={facts(shown.node)}
          says={overlay?.says(shown.node.id)}
          choosable={active.node.id !== forest.rootId}
          act={act}
          copied={copied}
        />
      </div>
      <section aria-labelledby="frames">
        <div className="sec">
          <h2 id="frames">Frames</h2>
          <span className="sub">same filter, same selection</span>
        </div>
        <FrameTable
          sides={[up, down].flatMap((half) =>
            half === undefined
              ? []
              : { name: half.verb, root: half.root, total: half.total, skip: sharedRows === 2 ? 1 : 0 },
          )}
          kind={kind}
          showSelf={!inverted && up === undefined}
          matcher={matcher}
          searching={query.trim() !== ''}
          selectedName={active.depth === 0 ? undefined : active.node.name}
          facts={facts}
          select={state.select}
        />
      </section>
    </>
  );
}

/** Steps that another query answers; an overlay has one tree only. */
function foldsAnew(action: FlameAction): boolean {
  return action.do === 'transform' || action.do === 'sandwich';
}

/** The sites next to the locks of a mirror: drawn in the full colour of their side. */
function siteIds(sharedRows: number, roots: readonly (FlameNode | undefined)[]): ReadonlySet<string> {
  if (sharedRows !== 2) return new Set();
  const ids = roots.flatMap((root) => root?.children.flatMap(({ children }) => children.map(({ id }) => id)) ?? []);
  return new Set(ids);
}
