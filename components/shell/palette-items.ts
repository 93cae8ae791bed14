/** One line of the palette. `search` is what typing is matched against. */
export interface PaletteItem {
  readonly id: string;
  readonly text: string;
  readonly where: string;
  readonly search: string;
  readonly href: string;
}

/** A lock as the palette knows it: enough to find it by type, function or file. */
export interface PaletteLock {
  readonly id: string;
  readonly service: string;
  readonly name: string;
  readonly sites: readonly string[];
}

/**
 * Items whose text holds all letters of `query` in order, best first: a run of letters beats scattered ones, an
 * early one beats a late one, ties keep their order. An empty query keeps everything. At most `limit`.
 */
export function findItems(items: readonly PaletteItem[], query: string, limit: number): readonly PaletteItem[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return items.slice(0, limit);
  return items
    .map((item, order) => ({ item, order, cost: matchCost(item.search.toLowerCase(), wanted) }))
    .filter((hit): hit is { item: PaletteItem; order: number; cost: number } => hit.cost !== undefined)
    .sort((a, b) => a.cost - b.cost || a.order - b.order)
    .slice(0, limit)
    .map((hit) => hit.item);
}

/** Place of the first letter plus ten for each gap between letters; undefined when a letter is missing. */
function matchCost(text: string, wanted: string): number | undefined {
  const whole = text.indexOf(wanted);
  if (whole >= 0) return whole;
  let cost = 0;
  let at = -1;
  for (const letter of wanted) {
    if (letter === ' ') continue;
    const next = text.indexOf(letter, at + 1);
    if (next < 0) return undefined;
    if (at < 0) cost = next;
    else if (next > at + 1) cost += 10;
    at = next;
  }
  return cost + 1000;
}
