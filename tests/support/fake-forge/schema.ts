import { readFileSync } from 'node:fs';
import { z } from 'zod';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json | undefined };
export type JsonObject = { readonly [name: string]: Json | undefined };

const json: z.ZodType<Json> = z.json();

/** GitHub's description of its REST API as far as we use it; scripts/github-subset.mjs cuts it. */
export const description = asObject(
  json.parse(JSON.parse(readFileSync(new URL('./github-openapi.json', import.meta.url), 'utf8'))),
);

export function asObject(value: Json | undefined): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  // Arrays are excluded, and an object of `Json` is what is left.
  return value as JsonObject;
}

export function asList(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** What a `$ref` stands for, or the value itself. */
export function resolved(value: Json | undefined): JsonObject {
  const object = asObject(value);
  const { $ref } = object;
  if (typeof $ref !== 'string') return object;
  return resolved(
    $ref
      .split('/')
      .slice(1)
      .reduce<Json | undefined>((at, name) => asObject(at)[name], description),
  );
}

/** OpenAPI 3.0 as JSON Schema: `nullable` becomes a type of its own; what only documents is left away. */
export function jsonSchemaOf(value: Json): Json {
  if (Array.isArray(value)) return value.map(jsonSchemaOf);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, discriminator: _only, example: _example, ...rest } = asObject(value);
  const schema = Object.fromEntries(Object.entries(rest).map(([name, entry]) => [name, jsonSchemaOf(entry ?? null)]));
  return nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema;
}

/** A value that has what a schema requires and nothing else; `facts` replace members of an object. */
export function sampleOf(schema: Json | undefined, facts: JsonObject = {}): Json {
  const { type, properties, required, anyOf, oneOf, allOf, nullable, enum: choices, format, items } = resolved(schema);
  if (nullable === true && Object.keys(facts).length === 0) return null;
  if (choices !== undefined) return asList(choices)[0] ?? null;
  const [either] = [...asList(anyOf), ...asList(oneOf), ...asList(allOf)];
  if (either !== undefined && type === undefined) return sampleOf(either, facts);
  switch (type) {
    case 'object': {
      const needed = asList(required).map(String);
      const sample = Object.fromEntries(needed.map((name) => [name, sampleOf(asObject(properties)[name])]));
      return { ...sample, ...facts };
    }
    case 'array':
      return items === undefined ? [] : [];
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return false;
    case 'string':
      return (
        { 'date-time': '2026-11-25T03:00:00Z', uri: 'https://forge.example/x', email: 'a@forge.example' }[
          String(format)
        ] ?? 'x'
      );
    default:
      return {};
  }
}
