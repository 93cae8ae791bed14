/** Roll-ups are kept by the hour; an hour is what becomes dirty, is recomputed and is cut. */
export const hourMs = 3_600_000;
export const minuteMs = 60_000;
export const fiveMinutesMs = 300_000;
/** Readers remember raw windows by spans of this length. */
export const segmentMs = fiveMinutesMs;
/** What site roll-ups divide an hour into; the column `tier` holds the seconds. */
export const siteTiersMs = [minuteMs, fiveMinutesMs, hourMs] as const;
