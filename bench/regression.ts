/**
 * How often a comparison cries wolf and how often it finds what is there, over the recorded runs of
 * `bench/regression-load`: each row is every window of consecutive rounds, the changed build beside the same moment's
 * runs of the unchanged one.
 */
import { defaultOptions } from '@/lib/regression/options';
import { openCorpus } from './regression-arms';
import { falseAlarms, falseAlarmsLater, type Rate, recall, refactoringAlarms, wilson } from './regression-rates';

const corpus = openCorpus();
const { header } = corpus;
console.log(
  `${header.runs.length} runs in ${corpus.rounds} rounds, recorded ${header.recordedAt} with ${header.goVersion} on ${header.machine}\n`,
);
console.log(
  '| compared | runs an arm | comparisons | below the floor | found | share | 95 % (Wilson) | ratio | noise | aim |',
);
console.log('|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|');

for (const runs of [8, 10, 20]) row('identical builds: any regression', runs, falseAlarms(corpus, runs), '≤ 2 %');
const refactored = refactoringAlarms(corpus, 10);
row('refactorings: any regression', 10, refactored.rate, '0');
row('identical builds, one after the other', 10, falseAlarmsLater(corpus, 10, defaultOptions), '–');
row('the same, said to be stored', 10, falseAlarmsLater(corpus, 10, { ...defaultOptions, stored: true }), '0');
for (const runs of [8, 10, 20]) {
  const aim = (text: string): string => (runs === 10 ? text : '–');
  row('a new lock', runs, recall(corpus, 'new-lock', 'main.(*audit).note', runs), aim('≥ 99 %'));
  row(
    'a lock held 2.25 times longer over I/O',
    runs,
    recall(corpus, 'slow-io', 'main.(*archive).flush', runs),
    aim('≥ 95 %'),
  );
  row('a lock held 3 times longer by computing', runs, recall(corpus, 'hold-x3', 'main.(*journal).append', runs), '–');
  row('CPU + 25 % of a function', runs, recall(corpus, 'cpu-25', 'main.render', runs), aim('≥ 80 %'));
}
if (refactored.alarmed.length > 0) console.log(`\nAlarmed by: ${refactored.alarmed.join('; ')}`);

function row(name: string, runs: number, rate: Rate, aim: string): void {
  const [low, high] = wilson(rate).map((share) => `${(100 * share).toFixed(1)} %`);
  const share = `${((100 * rate.hits) / rate.comparisons).toFixed(1)} %`;
  const ratio = rate.ratio === undefined ? '–' : `× ${rate.ratio.toFixed(2)}`;
  const noise = rate.noise === undefined ? '–' : `${Math.round(100 * rate.noise)} %`;
  console.log(
    `| ${[name, runs, rate.comparisons, rate.small ?? '–', rate.hits, share, `${low} – ${high}`, ratio, noise, aim].join(' | ')} |`,
  );
}
