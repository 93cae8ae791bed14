import { formatMinute } from '@/lib/time-format';
import { lockTable, siteTable, tableCaption } from './change-tables';
import type { CommentContext, Compared, Failure } from './context';
import { codeSpan, plainMarkdown } from './escape';
import { commentBudget, fitted, type Sheddable } from './fit';
import { actionFold, everySiteFold, evidenceFold } from './folds';
import { leadOf } from './lead';
import { commentMarker, type RunNumber, runMark } from './marker';
import { headline, verdictLine } from './verdict-line';
import { changesOf, countOf } from './worse';

export interface CommentText {
  /** Ends with a newline. */
  readonly markdown: string;
  /** What it lost to fit, in order; the text says so too. */
  readonly shed: readonly Sheddable[];
}

const shownRows = 10;
const fewRows = 5;

/**
 * The pull request's comment in Markdown: marker, headline, worst change, table of what got worse, then folded what
 * moved with it and how far to believe it. Every tested site only where no page shows them (`everything`).
 * At most `budget` UTF-16 units.
 */
export function renderComment(
  comparison: Compared,
  context: CommentContext,
  {
    budget = commentBudget,
    everything = context.link === undefined,
  }: { readonly budget?: number; readonly everything?: boolean } = {},
): CommentText {
  const render = (shed: ReadonlySet<Sheddable>): string =>
    paragraphs([
      [commentMarker(context), verdictLine(comparison, context)],
      [leadOf(comparison, context)],
      ...worseTables(comparison, context, shed.has('rows beyond 5') ? fewRows : shownRows),
      shed.has('all details') ? [] : evidenceFold(comparison, context, shed),
      everything && !shed.has('every tested site') && !shed.has('all details')
        ? everySiteFold(comparison, context)
        : [],
      shed.has('all details') ? [] : actionFold(context),
      footer(
        context,
        [...shed].filter((part) => everything || part !== 'every tested site'),
      ),
    ]);
  const { text, shed } = fitted(render, budget);
  return { markdown: text, shed };
}

/** The comment when there is no comparison to show: the number that stood there before would be taken for this head's. */
export function renderFailure(failure: Failure): string {
  return paragraphs([
    [commentMarker(failure), headline('✕ Could not compare', failure)],
    [plainMarkdown(failure.reason)],
    footer(failure, []),
  ]);
}

/** The body without the time and run in its footer: equal ones say the same. */
export function withoutTime(markdown: string): string {
  return markdown
    .replaceAll('\r\n', '\n')
    .replace(/ · updated \d\d:\d\d UTC/, '')
    .replace(/\n+<!-- lockscope:run [\d.]+ -->/, '')
    .trim();
}

function worseTables(comparison: Compared, context: CommentContext, rows: number): string[][] {
  const worse = changesOf(comparison, 'regression');
  if (countOf(worse) === 0) return [];
  const locks = lockTable(worse.locks, context, rows);
  const sites = siteTable([...worse.waits, ...worse.cpu, ...worse.time], comparison, context, rows);
  return [locks, locks.length > 0 ? [tableCaption(comparison, worse)] : [], sites];
}

interface Footed {
  readonly headSha: string;
  readonly updatedAt: number;
  readonly run: RunNumber | undefined;
  readonly reportId?: string | undefined;
}

function footer({ headSha, updatedAt, run, reportId }: Footed, shed: readonly Sheddable[]): string[] {
  const report = reportId === undefined ? '' : `report ${plainMarkdown(reportId)} · `;
  const left = shed.length === 0 ? '' : ` · left out for length: ${shed.join(', ')}`;
  const said = `head ${codeSpan(headSha.slice(0, 7))} · ${report}updated ${formatMinute(updatedAt)} UTC`;
  return [`<sub>${said} · edited in place, never repeated${left}</sub>`, ...(run === undefined ? [] : [runMark(run)])];
}

function paragraphs(parts: readonly (readonly string[])[]): string {
  return `${parts
    .filter((part) => part.some((line) => line !== ''))
    .map((part) => part.join('\n'))
    .join('\n\n')}\n`;
}
