import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { LockscopeError } from '@/lib/errors';
import type { ProfileKind } from './budget';
import type { LineOf } from './lines';
import { budgetSchema } from './schema';

/** The file as written, once the schema has passed it. */
export interface Written {
  readonly mode?: 'report' | 'gate';
  readonly comment?: 'on-change' | 'always' | 'never';
  readonly defaults?: {
    readonly lock?: number;
    readonly cpu?: number;
    readonly time?: number;
    readonly q?: number;
    readonly runs?: number;
    readonly second_look?: boolean;
  };
  readonly suites?: readonly {
    readonly name: string;
    readonly packages?: readonly string[];
    readonly benchmarks?: string;
    readonly benchtime?: string;
    readonly cpu?: number;
    readonly profiles?: readonly ProfileKind[];
    readonly runs?: number;
    readonly timeout?: string;
  }[];
  readonly budgets?: readonly {
    readonly function: string;
    readonly gate?: number;
    readonly max_delay_per_op?: string;
    readonly max_contentions_per_op?: number;
    readonly severity?: 'fail' | 'warn';
  }[];
  readonly ignore?: readonly { readonly function: string; readonly reason: string; readonly expires: string }[];
  readonly accepted?: readonly {
    readonly site: string;
    readonly metric: string;
    readonly to: number;
    readonly reason: string;
    readonly by?: string;
    readonly expires: string;
  }[];
  readonly wrappers?: readonly string[];
  readonly owners?: Readonly<Record<string, string>>;
}

const validate = new Ajv2020({ allErrors: true }).compile<Written>(budgetSchema);

/** The value as what the schema describes. Throws `budget.invalid` with one line a fault, in the file's order. */
export function checkBudget(value: unknown, fileName: string, lineOf: LineOf): Written {
  if (validate(value)) return value;
  const faults = (validate.errors ?? []).map((error) => faultOf(error, lineOf)).sort((a, b) => a.line - b.line);
  const text = faults.map(({ line, message }) => `${fileName}:${line}: ${message}`).join('\n');
  throw new LockscopeError('budget.invalid', text, { place: `line ${faults[0]?.line ?? 1}` });
}

function faultOf(error: ErrorObject, lineOf: LineOf): { readonly line: number; readonly message: string } {
  const path = pathOf(error.instancePath);
  const name = path.filter((part) => typeof part === 'string').join('.');
  if (error.keyword === 'additionalProperties') {
    const key = String(error.params.additionalProperty);
    const known = Object.keys(error.parentSchema?.properties ?? propertiesAt(error.schemaPath));
    return {
      line: lineOf([...path, key]),
      message: `there is no setting ${name === '' ? key : `${name}.${key}`}; known here: ${known.join(', ')}`,
    };
  }
  const allowed: unknown = error.params.allowedValues;
  const values = Array.isArray(allowed) ? `: ${allowed.join(', ')}` : '';
  return { line: lineOf(path), message: `${name === '' ? 'the file' : name} ${error.message}${values}` };
}

/** `/suites/0/name` as keys and indices. */
function pathOf(pointer: string): (string | number)[] {
  const parts = pointer.split('/').slice(1);
  return parts
    .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** The `properties` beside the `additionalProperties` that a schema path ends in. */
function propertiesAt(schemaPath: string): object {
  let at: unknown = budgetSchema;
  for (const part of schemaPath.replace(/^#\/?/, '').split('/').slice(0, -1)) {
    at = typeof at === 'object' && at !== null ? Object.entries(at).find(([key]) => key === part)?.[1] : undefined;
  }
  return typeof at === 'object' && at !== null && 'properties' in at && typeof at.properties === 'object'
    ? (at.properties ?? {})
    : {};
}
