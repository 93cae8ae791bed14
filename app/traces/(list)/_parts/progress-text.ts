import type { AnalysisProgress } from '@/lib/traces/port';
import { formatBytes, formatCount, formatDuration, formatPlural } from '@/lib/units-format';

/** Progress in words: bytes, events, time left; an unknown time is not mentioned. */
export function progressText({ ahead, phase, bytes, ofBytes, events, secondsLeft }: AnalysisProgress): string {
  switch (phase) {
    case 'waiting':
      return ahead === 0
        ? 'Waiting to be analysed: it is next'
        : `Waiting to be analysed: ${formatPlural(ahead, 'capture')} before it`;
    case 'reading': {
      if (ofBytes === 0) return 'Opening the file';
      const parts = [`${formatBytes(bytes)} of ${formatBytes(ofBytes)}`, `${formatCount(events)} events`];
      if (secondsLeft !== null) parts.push(`≈\u00a0${formatDuration(Math.max(1, Math.round(secondsLeft)))} left`);
      return parts.join(' · ');
    }
    case 'locks':
      return `All ${formatCount(events)} events read · finding the locks`;
    case 'keeping':
      return `All ${formatCount(events)} events read · keeping what was found`;
  }
}
