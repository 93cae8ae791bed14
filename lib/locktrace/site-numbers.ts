import { publicSiteIds } from '@/lib/contention/identity';
import type { Site } from '@/lib/contention/lock';
import type { SiteDef, SiteId } from '@/lib/profile/site';

/** Sites met so far, numbered in order of first use. */
export class SiteNumbers {
  readonly #defs: SiteDef[] = [];
  readonly #numbers = new Map<SiteId, number>();

  number(site: SiteDef): number {
    const known = this.#numbers.get(site.id);
    if (known !== undefined) return known;
    const number = this.#defs.push(site) - 1;
    this.#numbers.set(site.id, number);
    return number;
  }

  kind(number: number): string {
    return this.#defs[number]?.kind ?? '';
  }

  /** In public form, by number. */
  sites(): Site[] {
    const ids = publicSiteIds(this.#defs);
    return this.#defs.map((site) => ({
      id: ids.get(site.id) ?? '',
      kind: site.kind,
      function: site.function,
      file: site.file,
      line: site.line,
    }));
  }
}
