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

/** A stored execution trace as the palette knows it. */
export interface PaletteCapture {
  readonly id: string;
  readonly text: string;
  readonly where: string;
  readonly search: string;
}

/**
 * Items in whose `search` text `query` stands, then those whose own text has all its letters in order; an early hit
 * beats a late one, few gaps beat many, ties keep their order. An empty query keeps everything. At most `limit`.
 */
export function findItems(items: readonly PaletteItem[], query: string, limit: number): readonly PaletteItem[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return items.slice(0, limit);
  return items
    .map((item, order) => ({ item, order, cost: matchCost(item, wanted) }))
    .filter((hit): hit is { item: PaletteItem; order: number; cost: number } => hit.cost !== undefined)
    .sort((a, b) => a.cost - b.cost || a.order - b.order)
    .slice(0, limit)
    .map((hit) => hit.item);
}

/** Place of the first letter plus ten for each gap between letters; undefined when a letter is missing. */
function matchCost(item: PaletteItem, wanted: string): number | undefined {
  const whole = item.search.toLowerCase().indexOf(wanted);
  if (whole >= 0) return whole;
  // Scattered letters only in what the line shows: in the functions and files behind it they hit everything.
  const text = item.text.toLowerCase();
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
