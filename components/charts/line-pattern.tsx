/**
 * Marks that tell the lines of one chart apart without colour, by index in legend order, in a tile of 8 px; the first
 * is solid. Slanted and crossed hatches are those of the wait reasons whose colours the lines have.
 */
const marks = [
  '',
  'M0 2h8M0 6h8',
  'M1 2h2M5 6h2',
  'M-2 2 2 -2M0 8 8 0M6 10 10 6M0 0 8 8M-2 6 2 10M6 -2 10 2',
  'M-2 2 2 -2M0 8 8 0M6 10 10 6',
  'M-2 6 2 10M0 0 8 8M6 -2 10 2',
] as const;
const marksOfOther = 'M2 0v8M6 0v8';

/** SVG path of the marks of line `index`; lines that stand for others have marks of their own. */
export function lineMarks(index: number, isOther: boolean): string {
  return isOther ? marksOfOther : (marks[index % marks.length] ?? '');
}

/** Fills of a chart as SVG patterns: `url(#<id>-<index>)`, the last one for the rest. Takes no room. */
export function LinePatterns({
  id,
  lines,
}: {
  readonly id: string;
  readonly lines: readonly { readonly colour: string; readonly marks: string }[];
}) {
  return (
    <svg className="patterns" width="0" height="0" aria-hidden="true">
      <defs>
        {lines.map(({ colour, marks: path }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a pattern is its place in the legend
          <pattern key={index} id={`${id}-${index}`} width="8" height="8" patternUnits="userSpaceOnUse">
            <rect width="8" height="8" fill={colour} />
            <path d={path} stroke="var(--bg)" strokeWidth="1.25" />
          </pattern>
        ))}
      </defs>
    </svg>
  );
}

/** The swatch of a legend, filled as the line is in the chart. */
export function LineSwatch({ fill }: { readonly fill: string }) {
  return (
    <svg className="sw wide" width="16" height="12" aria-hidden="true">
      <rect width="16" height="12" fill={fill} />
    </svg>
  );
}
