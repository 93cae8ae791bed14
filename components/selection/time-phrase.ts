import type { RangeText } from './range-moves';

const day = 86_400_000;

/**
 * A range typed by a person: `last 2h`, `30m`, `14:20-14:30`, `14:20-14:30 yesterday`, `yesterday`, `today`.
 * Clock times are UTC. undefined when the text is none of these. A span whose end is before its start
 * ends the next day.
 */
export function parseTimePhrase(text: string, now: number): RangeText | undefined {
  const phrase = text.trim().toLowerCase();
  const relative = /^(?:last\s+)?(\d+)\s*([smhdw])$/.exec(phrase);
  if (relative !== null) return { from: `now-${relative[1]}${relative[2]}`, to: 'now' };
  const midnight = Math.floor(now / day) * day;
  if (phrase === 'today') return spanText(midnight, now);
  if (phrase === 'yesterday') return spanText(midnight - day, midnight);
  const clock = /^(\d{1,2}):(\d{2})\s*(?:-|–|to)\s*(\d{1,2}):(\d{2})(?:\s+(today|yesterday))?$/.exec(phrase);
  if (clock === null) return undefined;
  const [fromHour, fromMinute, toHour, toMinute] = clock.slice(1, 5).map(Number);
  if (fromHour === undefined || fromMinute === undefined || toHour === undefined || toMinute === undefined) {
    return undefined;
  }
  if (fromHour > 23 || toHour > 24 || fromMinute > 59 || toMinute > 59) return undefined;
  const base = clock[5] === 'yesterday' ? midnight - day : midnight;
  const from = base + (fromHour * 60 + fromMinute) * 60_000;
  const to = base + (toHour * 60 + toMinute) * 60_000;
  return spanText(from, to > from ? to : to + day);
}

function spanText(from: number, to: number): RangeText | undefined {
  return to <= from ? undefined : { from: String(Math.floor(from / 1000)), to: String(Math.floor(to / 1000)) };
}
