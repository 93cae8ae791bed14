import { leastEffect } from '@/lib/regression/options';
import { formatPlural, formatShare } from '@/lib/units-format';
import type { CommentContext, Compared } from './context';
import { codeSpan, plainMarkdown } from './escape';
import { formatChance, formatVisible } from './numbers';

/** Whether to believe it, one fact an entry: base, test, noise, what would have gone unseen, budget, what is missing. */
export function trustList(comparison: Compared, context: CommentContext): string[] {
  const { trust } = comparison;
  return [
    `**Base:** ${baseText(comparison, context)}`,
    `**Test:** ${testText(comparison)}`,
    ...trust.map(({ message }) => `**Note:** ${sentence(message)}`),
    `**Blind below:** ${blindText(comparison)}`,
    `**Budget:** ${[...context.budget.map(sentence), gatesText(context), modeText(context)].join(' ')}`,
    ...(context.leftOut.length === 0 ? [] : [`**Not tested:** ${context.leftOut.map(plainMarkdown).join(', ')}.`]),
  ].map((entry) => `- ${entry}`);
}

function baseText({ runs }: Compared, { base, environment }: CommentContext): string {
  const sha = base.sha === undefined ? '' : ` ${codeSpan(base.sha.slice(0, 7))}`;
  const source = base.source === '' ? `base${sha}` : `${plainMarkdown(base.source)}${sha}`;
  const turns = runs.interleaved ? 'Base and head alternate' : 'Base and head were not measured in turns';
  const where = environment.length === 0 ? '' : `, ${environment.map(plainMarkdown).join(', ')}`;
  return `${source}. ${turns}, ${runs.base} + ${runs.head} runs${where}.`;
}

function testText({ runs, sites }: Compared): string {
  const tested = sites.filter(({ q }) => q !== null);
  if (tested.length === 0) return 'nothing could be tested.';
  const few = Math.min(runs.base, runs.head) < 8;
  const [first] = tested;
  const q = first?.q ?? null;
  const about =
    first === undefined || q === null
      ? ''
      : ` ${metricName(first.metric)} of ${codeSpan(first.site.function)}: q ${formatChance(q)}.`;
  const test = few ? 'Welch on the logarithms of runs (fewer than 8), suspicious at most' : 'Mann-Whitney on runs';
  const effects = `at least ${formatShare(leastEffect.lock)} larger for locks, ${formatShare(leastEffect.cpu)} for CPU, ${formatShare(leastEffect.time)} for time`;
  return `${test}, ${effects}, Benjamini-Hochberg over ${formatPlural(tested.length, 'site')}.${about}`;
}

function metricName(metric: string): string {
  return (
    { 'mutex.delay': 'Mutex delay', 'block.delay': 'Block delay', cpu: 'CPU time', time: 'Time per operation' }[
      metric
    ] ?? metric
  );
}

function blindText({ blindBelowRatio: { lock, cpu, time } }: Compared): string {
  const kinds = [
    { what: 'locks', ratio: lock },
    { what: 'CPU', ratio: cpu },
    { what: 'time', ratio: time },
  ];
  const seen = kinds.flatMap(({ what, ratio }) => (ratio === null ? [] : [`${formatVisible(ratio)} for ${what}`]));
  const unjudged = kinds.filter(({ ratio }) => ratio === null).map(({ what }) => what);
  const parts = [
    seen.length === 0 ? '' : `${seen.join(', ')}, at a typical site on this runner`,
    unjudged.length === 0 ? '' : `${unjudged.join(', ')} could not be judged`,
  ];
  return `${parts.filter((part) => part !== '').join('; ')}.`;
}

function gatesText({ gates }: CommentContext): string {
  return `Gates: locks ${formatShare(gates.lock)}, CPU ${formatShare(gates.cpu)}, time ${formatShare(gates.time)}.`;
}

function modeText({ mode }: CommentContext): string {
  return mode === 'gate'
    ? 'Gate mode: a regression fails this check.'
    : 'Report mode: this check does not block the merge.';
}

function sentence(text: string): string {
  const safe = plainMarkdown(text).trim();
  return /[.!?…]$/.test(safe) ? safe : `${safe}.`;
}
