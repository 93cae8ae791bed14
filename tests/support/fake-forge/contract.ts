import { Ajv, type ValidateFunction } from 'ajv';
import { asList, asObject, description, type Json, type JsonObject, jsonSchemaOf, resolved } from './schema';

/** An operation of the description that a request is for. */
export interface Operation {
  readonly id: string;
  readonly params: Readonly<Record<string, string>>;
  readonly faults: (request: { readonly query: URLSearchParams; readonly body: Json | undefined }) => string[];
  readonly responseFaults: (status: number, body: Json | undefined) => string[];
}

const methods = ['get', 'post', 'patch', 'put', 'delete'];

/** GitHub's own example of a pull request has no type for this: the description is wrong there. */
const errata = ['requested_teams'];

const ajv = new Ajv({
  strict: false,
  allErrors: true,
  formats: {
    'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/,
    uri: (text: string) => URL.canParse(text.replace(/\{.*\}$/, '')),
    email: /@/,
    int64: true,
  },
});
// Only `components` is named by references.
ajv.addSchema({ $id: 'github', components: asObject(jsonSchemaOf(description.components ?? {})) });

/** The operation for a method and a path without the base path; undefined = the description has none. */
export function operationOf(method: string, path: string): Operation | undefined {
  for (const [template, route] of Object.entries(asObject(description.paths))) {
    const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
    const form = template.replace(/\{(\w+)\}/g, (_, name) =>
      ['path', 'basehead'].includes(name) ? '(.+)' : '([^/]+)',
    );
    const match = new RegExp(`^${form}$`).exec(path);
    const operation = asObject(asObject(route)[method.toLowerCase()]);
    if (match === null || !methods.includes(method.toLowerCase()) || operation.operationId === undefined) continue;
    const params = Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(match[at + 1] ?? '')]));
    return {
      id: String(operation.operationId),
      params,
      faults: (request) => requestFaults(operation, params, request),
      responseFaults: (status, body) => responseFaults(operation, status, body),
    };
  }
  return undefined;
}

function requestFaults(
  operation: JsonObject,
  params: Readonly<Record<string, string>>,
  { query, body }: { readonly query: URLSearchParams; readonly body: Json | undefined },
): string[] {
  const declared = asList(operation.parameters).map(resolved);
  const faults = declared.flatMap(({ name, in: place, schema, required }) => {
    const text = place === 'path' ? params[String(name)] : (query.get(String(name)) ?? undefined);
    if (text === undefined) return required === true ? [`${name} is missing`] : [];
    const integer = asObject(schema).type === 'integer';
    return schemaFaults(schema ?? {}, integer ? Number(text) : text).map((fault) => `${name}: ${fault}`);
  });
  const inQuery = declared.filter((parameter) => parameter.in === 'query').map(({ name }) => String(name));
  faults.push(...[...query.keys()].filter((name) => !inQuery.includes(name)).map((name) => `${name} is no parameter`));
  const schema = asObject(asObject(asObject(resolved(operation.requestBody).content)['application/json'])).schema;
  if (schema === undefined || body === undefined) return faults;
  const known = Object.keys(asObject(resolved(schema).properties));
  const unknown = Object.keys(asObject(body)).filter((name) => known.length > 0 && !known.includes(name));
  return [...faults, ...unknown.map((name) => `body.${name} is no member`), ...schemaFaults(schema, body)];
}

function responseFaults(operation: JsonObject, status: number, body: Json | undefined): string[] {
  const response = asObject(operation.responses)[String(status)];
  // GitHub answers 401, 403 and 429 everywhere without saying so at each operation, and 5xx when it fails.
  if (response === undefined)
    return [401, 403, 404, 429].includes(status) || status >= 500 ? [] : [`status ${status} is not declared`];
  const { schema } = asObject(asObject(resolved(response).content)['application/json']);
  if (schema === undefined) return body === undefined ? [] : ['a body where none is declared'];
  return schemaFaults(schema, body ?? null).filter((fault) => !errata.some((name) => fault.includes(name)));
}

const compiled = new Map<string, ValidateFunction>();

function schemaFaults(schema: Json, value: Json): string[] {
  const text = JSON.stringify(jsonSchemaOf(schema)).replaceAll('"#/components', '"github#/components');
  const validate = compiled.get(text) ?? ajv.compile(asObject(JSON.parse(text)));
  compiled.set(text, validate);
  if (validate(value) === true) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
}
