import { formatPlural } from '@/lib/units-format';
import type { CommentContext, Compared } from './context';
import { linkTo, plainMarkdown } from './escape';
import { type Changes, changesOf } from './worse';

/** The headline: glyph, what changed, of what, and where to look. */
export function verdictLine(comparison: Compared, context: Pick<CommentContext, 'subject' | 'link'>): string {
  return headline(verdictWords(comparison), context);
}

/** `### words · subject · [open comparison](link)`. */
export function headline(
  words: string,
  { subject, link }: { readonly subject: string; readonly link?: string | undefined },
): string {
  const parts = [words, plainMarkdown(subject), link === undefined ? '' : linkTo('open comparison', link)];
  return `### ${parts.filter((part) => part !== '').join(' · ')}`;
}

/** `▲ 1 lock waits longer · 1 function takes more CPU time`: also the title of the check. Plain text, no names. */
export function verdictWords(comparison: Compared): string {
  switch (comparison.verdict) {
    case 'regression':
      return `▲ ${kinds(changesOf(comparison, 'regression'), 'is')}`;
    case 'suspicious':
      return `△ Not proven: ${kinds(changesOf(comparison, 'suspicious'), 'may be')}`;
    case 'improved':
      return `▼ ${kinds(changesOf(comparison, 'improved'), 'less')}`;
    case 'unchanged':
      return '= Nothing got worse';
    case 'inconclusive':
      return '◌ Could not tell';
  }
}

type Form = 'is' | 'may be' | 'less';

function kinds({ locks, cpu, time, waits }: Changes, form: Form): string {
  const parts = [
    say(
      locks.length,
      'lock',
      { is: ['waits longer', 'wait longer'], 'may be': 'may wait longer', less: ['waits less', 'wait less'] }[form],
    ),
    say(
      waits.length,
      'other wait',
      { is: ['is longer', 'are longer'], 'may be': 'may be longer', less: ['is shorter', 'are shorter'] }[form],
    ),
    say(
      cpu.length,
      'function',
      {
        is: ['takes more CPU time', 'take more CPU time'],
        'may be': 'may take more CPU time',
        less: ['takes less CPU time', 'take less CPU time'],
      }[form],
    ),
    say(
      time.length,
      'benchmark',
      { is: ['is slower', 'are slower'], 'may be': 'may be slower', less: ['is faster', 'are faster'] }[form],
    ),
  ].filter((part) => part !== '');
  return parts.length === 0 ? { is: 'worse', 'may be': 'may be worse', less: 'better' }[form] : parts.join(' · ');
}

function say(count: number, noun: string, verb: string | readonly string[]): string {
  if (count === 0) return '';
  const how = typeof verb === 'string' ? verb : verb[count === 1 ? 0 : 1];
  return `${formatPlural(count, noun)} ${how}`;
}
