import Link from 'next/link';
import { FilterChips, FilterMenu, type Suggest } from './filter-chips';
import { BrandMark } from './icons';
import { type LoadCaptures, type LoadLocks, Palette } from './palette';
import { RangeMenu } from './range-menu';
import { ServiceMenu } from './service-menu';
import { ShortcutSheet } from './shortcut-sheet';
import { ThemeButton } from './theme-button';

/** Which service, which time, which filters, and the way anywhere else. */
export function TopBar({
  services,
  suggest,
  loadLocks,
  loadCaptures,
}: {
  readonly services: readonly string[];
  readonly suggest: Suggest;
  readonly loadLocks: LoadLocks;
  readonly loadCaptures: LoadCaptures;
}) {
  return (
    <header className="top">
      <Link className="brand" href="/" aria-label="Lockscope, overview">
        <BrandMark />
      </Link>
      <ServiceMenu services={services} />
      <RangeMenu />
      <FilterChips className="not-phone" />
      <span className="not-phone">
        <FilterMenu suggest={suggest} />
      </span>
      <span className="spring" />
      <Palette services={services} loadLocks={loadLocks} loadCaptures={loadCaptures} />
      <ThemeButton />
      <ShortcutSheet />
    </header>
  );
}
