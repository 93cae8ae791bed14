import { formatPlural } from '@/lib/units-format';
import { lockTable, nameIn, siteTable } from './change-tables';
import type { CommentContext, Compared } from './context';
import { linkTo, plainMarkdown } from './escape';
import type { Sheddable } from './fit';
import { lockValues } from './numbers';
import { trustList } from './trust-list';
import { changesOf, countOf } from './worse';

const shownMoved = 10;
const shownFolded = 20;

/** The folded part on what happened beside the headline, and on how far to believe it. */
export function evidenceFold(comparison: Compared, context: CommentContext, shed: ReadonlySet<Sheddable>): string[] {
  const moved = movedTable(comparison, context);
  const suspicious = shed.has('suspicious changes')
    ? []
    : changes(comparison, context, 'suspicious', 'Suspicious, not proven');
  const better = shed.has('what got better') ? [] : changes(comparison, context, 'improved', 'Better');
  const title = [
    moved.length > 0 ? 'Moved with it' : '',
    suspicious.length > 0 ? 'suspicious' : '',
    better.length > 0 ? 'better' : '',
    'how measured',
    'can I trust this',
  ]
    .filter((part) => part !== '')
    .join(' · ');
  return fold(title.charAt(0).toUpperCase() + title.slice(1), [
    moved,
    suspicious,
    better,
    trustList(comparison, context),
  ]);
}

/** Every tested site, in the comparison's order. */
export function everySiteFold(comparison: Compared, context: CommentContext): string[] {
  const tested = comparison.sites.filter(({ primary }) => primary);
  if (tested.length === 0) return [];
  return fold(`All ${formatPlural(tested.length, 'tested site')}`, [
    siteTable(tested, comparison, context, tested.length),
  ]);
}

/** How to do it again, and what to do when it is expected. */
export function actionFold({ reproduce, link }: Pick<CommentContext, 'reproduce' | 'link'>): string[] {
  const commands = reproduce.map((command) => command.replace(/[\p{Cc}\p{Cf}\p{Cs}`]/gu, '\ufffd').slice(0, 500));
  const again = commands.length === 0 ? [] : ['```sh', ...commands, '```'];
  const wanted =
    link === undefined
      ? []
      : [
          `Expected and wanted? Acknowledge on the ${linkTo('comparison page', link)} with a reason; later runs compare with the new level.`,
        ];
  if (again.length + wanted.length === 0) return [];
  return fold(
    [again.length > 0 ? 'Reproduce' : '', wanted.length > 0 ? 'acknowledge' : '']
      .filter((part) => part !== '')
      .join(' · '),
    [again, wanted],
  );
}

function movedTable({ locks }: Compared, { base }: CommentContext): string[] {
  const moved = locks.filter(({ movedWith, verdict }) => movedWith !== null || verdict === 'moved');
  if (moved.length === 0) return [];
  const rows = moved.slice(0, shownMoved).map((lock) => {
    const values = lockValues(lock);
    return `| ${nameIn(lock.name, lock.benchmark)} | ${values.base} | ${values.head} | ${plainMarkdown(lock.why)} |`;
  });
  const rest = moved.length - rows.length;
  const more = rest > 0 ? ['', `… ${formatPlural(rest, 'lock')} more.`] : [];
  return [`| also moved | ${plainMarkdown(base.label)} | this PR | why |`, '|---|--:|--:|---|', ...rows, ...more];
}

function changes(
  comparison: Compared,
  context: CommentContext,
  verdict: 'suspicious' | 'improved',
  title: string,
): string[] {
  const found = changesOf(comparison, verdict);
  if (countOf(found) === 0) return [];
  const locks = lockTable(found.locks, context, shownFolded);
  const sites = siteTable([...found.waits, ...found.cpu, ...found.time], comparison, context, shownFolded);
  return [`**${title}**`, '', ...locks, ...(locks.length > 0 && sites.length > 0 ? [''] : []), ...sites];
}

function fold(title: string, parts: readonly (readonly string[])[]): string[] {
  const body = parts.filter((part) => part.length > 0).flatMap((part) => [...part, '']);
  return [`<details><summary>${title}</summary>`, '', ...body, '</details>'];
}
