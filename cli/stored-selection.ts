const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;

/** The options that select stored profiles of a service. */
export const selectionOptions = { from: text, to: text, build: texts, pod: texts, label: texts } as const;

/** The query that these options ask a server with. */
export function selectionQuery(values: {
  readonly from?: string;
  readonly to?: string;
  readonly build?: readonly string[];
  readonly pod?: readonly string[];
  readonly label?: readonly string[];
}): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of ['from', 'to', 'build', 'pod', 'label'] as const)
    for (const value of [values[name] ?? []].flat()) query.append(name, value);
  return query;
}
