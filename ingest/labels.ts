import { LockscopeError } from '@/lib/errors';
import type { Labels } from '@/lib/selection/selection';
import type { RawLabel } from './wire/app-name';

export interface LabelRules {
  /** Labels that may name the pod; the first present wins. */
  readonly podLabels: readonly string[];
  readonly buildLabels: readonly string[];
  /** Most labels of a series, longest name and value in bytes. */
  readonly limits: { readonly labels: number; readonly labelNameLength: number; readonly labelValueLength: number };
}

const dropped = /^__|^otel\.scope\.|^process\.runtime\.(?:name|version)$/;
const nameForm = /^[A-Za-z_][A-Za-z0-9_.\-/]*$/;

/**
 * The labels a series is stored under, sorted by name: `service_name`, `pod` ("unknown" when nothing names it),
 * `build` and `go` when told, then whatever else the client sent. Session ids, OpenTelemetry scopes and names with
 * `__` are dropped: they change with every start of a process and are no part of a series' identity.
 * Throws `ingest.labels` for a name that is none, one name with two values, or a limit passed.
 */
export function normaliseLabels(raw: readonly RawLabel[], rules: LabelRules): Labels {
  const given = new Map<string, string>();
  for (const [name, value] of raw) {
    if (value === '') continue;
    if (!nameForm.test(name)) throw refused(`"${name.slice(0, 60)}" is no label name`);
    const before = given.get(name);
    if (before !== undefined && before !== value) throw refused(`label ${name} is given twice with different values`);
    given.set(name, value);
  }
  const labels = new Map<string, string>();
  labels.set('service_name', given.get('service_name') ?? 'unknown_service');
  labels.set('pod', take(given, rules.podLabels) ?? 'unknown');
  const build = take(given, rules.buildLabels);
  if (build !== undefined) labels.set('build', build);
  const go = given.get('process.runtime.version');
  if (go?.startsWith('go') && !given.has('go')) labels.set('go', go);
  for (const [name, value] of given) {
    if (!labels.has(name) && !dropped.test(name)) labels.set(name, value);
  }
  return checked(labels, rules.limits);
}

/** The value of the first of `names` present; that label is taken out, since it lives on under its new name. */
function take(given: Map<string, string>, names: readonly string[]): string | undefined {
  const name = names.find((one) => given.has(one));
  if (name === undefined) return undefined;
  const value = given.get(name);
  given.delete(name);
  return value;
}

function checked(labels: ReadonlyMap<string, string>, limits: LabelRules['limits']): Labels {
  if (labels.size > limits.labels) throw refused(`${labels.size} labels, ${limits.labels} are allowed`);
  for (const [name, value] of labels) {
    if (Buffer.byteLength(name) > limits.labelNameLength) {
      throw refused(`label name ${name.slice(0, 40)}… is longer than ${limits.labelNameLength} bytes`);
    }
    if (value.length > limits.labelValueLength || Buffer.byteLength(value) > limits.labelValueLength) {
      throw refused(`the value of label ${name} is longer than ${limits.labelValueLength} bytes`);
    }
  }
  return [...labels].sort(([a], [b]) => (a < b ? -1 : 1));
}

function refused(message: string): LockscopeError {
  return new LockscopeError('ingest.labels', message, { place: 'labels' });
}
