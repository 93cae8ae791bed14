const paths = {
  overview: 'M3 4h5v5H3zM12 4h5v5h-5zM3 12h5v4H3zM12 12h5v4h-5z',
  locks: 'M5 9h10v7H5zM7 9V6.5a3 3 0 0 1 6 0V9M10 12v1.5',
  flame: 'M3 16h14M3 12h9M3 8h6M3 4h3',
  traces: 'M3 5h6M11 5h6M3 10h3M8 10h9M3 15h9M14 15h3',
  builds:
    'M4 10h12M6 10a2 2 0 1 1-4 0 2 2 0 0 1 4 0M12 10a2 2 0 1 1-4 0 2 2 0 0 1 4 0M18 10a2 2 0 1 1-4 0 2 2 0 0 1 4 0',
  connect: 'M7 3v4M13 3v4M5 7h10v3a5 5 0 0 1-10 0zM10 15v3',
  settings: 'M4 6h7M15 6h1M4 14h1M9 14h7M13 4a2 2 0 1 1 0 4 2 2 0 0 1 0-4M7 12a2 2 0 1 1 0 4 2 2 0 0 1 0-4',
  more: 'M5 10h.01M10 10h.01M15 10h.01',
} as const;

export type IconName = keyof typeof paths;

/** An icon of the rail; its meaning is in the word beside it. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}

export function BrandMark() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden="true">
      <circle cx="12" cy="12" r="9" />
      <circle cx="12" cy="10.5" r="2.6" />
      <path d="M12 13v4" strokeLinecap="round" />
    </svg>
  );
}
