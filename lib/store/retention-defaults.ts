import type { RetentionPolicy } from './port';

const dayMs = 86_400_000;

/** Raw windows 3 days, site minutes 14, stack hours 30, site hours 400; no cap on bytes. */
export const defaultRetention: RetentionPolicy = {
  rawMs: 3 * dayMs,
  site1mMs: 14 * dayMs,
  stack1hMs: 30 * dayMs,
  site1hMs: 400 * dayMs,
};
