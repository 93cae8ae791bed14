/** Steps of goroutines waiting, lowest first; a value belongs to the last step whose `from` it reaches. */
export const heatSteps = [
  { from: 0, colour: 'var(--heat-0)', text: '<0.1' },
  { from: 0.1, colour: 'var(--heat-1)', text: '0.1–1' },
  { from: 1, colour: 'var(--heat-2)', text: '1–5' },
  { from: 5, colour: 'var(--heat-3)', text: '5–20' },
  { from: 20, colour: 'var(--heat-4)', text: '≥20' },
] as const;

/** Fill of a value on the heat scale. */
export function heatColour(value: number): string {
  return (heatSteps.findLast((step) => value >= step.from) ?? heatSteps[0]).colour;
}
