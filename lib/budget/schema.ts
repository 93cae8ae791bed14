const percent = (of: string) => ({ type: 'number', minimum: 0, maximum: 1_000_000, description: `Percent: ${of}` });
const text = (description: string) => ({ type: 'string', minLength: 1, description });
const pattern = text(
  'Function: full name as Go prints it, or from the last path element on; * stands for any text, a final dot for all names it begins',
);
const date = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'The last day it counts, UTC' };
const object = <P extends object>(
  description: string,
  properties: P,
  required: readonly (keyof P & string)[] = [],
) => ({
  type: 'object',
  description,
  additionalProperties: false,
  required,
  properties,
});
const list = (description: string, items: object) => ({ type: 'array', description, items });

const suite = object(
  'Benchmarks that are measured and reported together',
  {
    name: { ...text('As it stands in the comment and in the name of the check'), pattern: '^[\\w.-]{1,60}$' },
    packages: list('Go package patterns, relative to the module: ./...', text('A package pattern')),
    benchmarks: text('Regular expression as go test -bench takes it'),
    benchtime: {
      type: 'string',
      pattern: '^\\d+(\\.\\d+)?(x|ms|s)$',
      description: 'One run: 20000x operations, or as many as take 500ms or 1s on the base',
    },
    cpu: { type: 'integer', minimum: 1, description: 'GOMAXPROCS of the benchmarks' },
    profiles: list('What is profiled', { enum: ['block', 'mutex', 'cpu'] }),
    runs: { type: 'integer', minimum: 1, maximum: 200, description: 'Runs of each side' },
    timeout: {
      type: 'string',
      pattern: '^\\d+(\\.\\d+)?(s|m|h)$',
      description: 'Longest time for one process',
    },
  },
  ['name'],
);

/**
 * The JSON schema (draft 2020-12) of `.lockscope.yml`: editors read it from `public/schema/lockscope.yml.json`, which a
 * test keeps equal to this.
 */
export const budgetSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: '.lockscope.yml: what a pull request may cost (Lockscope)',
  ...object('Read from the base branch, so that a pull request cannot loosen its own gate', {
    mode: { enum: ['report', 'gate'], description: 'gate: a regression fails the check' },
    comment: { enum: ['on-change', 'always', 'never'], description: 'When the pull request gets a comment' },
    defaults: object('How comparisons decide', {
      lock: percent("least increase of a lock's waiting that counts (25)"),
      cpu: percent("of a function's CPU time (10)"),
      time: percent("of a benchmark's time per operation (5)"),
      q: { type: 'number', exclusiveMinimum: 0, maximum: 0.5, description: 'False discovery rate (0.05)' },
      runs: { type: 'integer', minimum: 1, maximum: 200, description: 'Runs of each side (10)' },
      second_look: { type: 'boolean', description: 'As many runs again when the first look is suspicious (true)' },
    }),
    suites: list('Sets of benchmarks; without any: all benchmarks of the module', suite),
    budgets: list(
      'Limits and gates of single functions; of several that match, the later one decides, key by key',
      object(
        'One rule',
        {
          function: pattern,
          gate: percent('least increase that counts, in place of the default of the metric'),
          max_delay_per_op: {
            type: 'string',
            pattern: '^\\d+(\\.\\d+)?(ns|us|µs|ms|s)$',
            description: 'Most waiting per operation: 20us',
          },
          max_contentions_per_op: { type: 'number', minimum: 0, description: 'Most waits per operation' },
          severity: { enum: ['fail', 'warn'], description: 'warn: told, but never fails the check' },
        },
        ['function'],
      ),
    ),
    ignore: list(
      'Functions that are not judged',
      object('One of them', { function: pattern, reason: text('Why'), expires: date }, [
        'function',
        'reason',
        'expires',
      ]),
    ),
    accepted: list(
      'Levels that were accepted: worse only beyond them',
      object(
        'One of them',
        {
          site: { type: 'string', pattern: '^[0-9a-f]{6,64}$', description: 'Site.id' },
          function: text('The function, for people'),
          metric: { enum: ['mutex.delay', 'mutex.contentions', 'block.delay', 'cpu', 'time'] },
          from: { type: 'number', minimum: 0, description: "The base's value, in the metric's unit" },
          to: { type: 'number', minimum: 0, description: 'The accepted value' },
          pull: { type: 'integer', minimum: 1, description: 'The pull request' },
          by: text('Who accepted it'),
          reason: text('Why'),
          expires: date,
        },
        ['site', 'metric', 'to', 'reason', 'expires'],
      ),
    ),
    wrappers: list('Functions to look through when finding a site', pattern),
    owners: {
      type: 'object',
      description: 'Function pattern: who knows it; printed without @',
      additionalProperties: text('A name or handle'),
    },
  }),
} as const;
