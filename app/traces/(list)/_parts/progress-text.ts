import { formatBytes, formatCount, formatDuration, formatPlural } from '@/lib/units-format';

/** How far the analysis of a capture is, as its status answers. */
export interface Progress {
  /** Captures that are analysed before it; 0 = it runs. */
  readonly ahead: number;
  readonly phase: 'waiting' | 'reading' | 'locks';
  readonly bytes: number;
  readonly ofBytes: number;
  readonly events: number;
  readonly secondsLeft: number | null;
}

/** Progress in words: bytes, events, time left; an unknown time is not mentioned. */
export function progressText({ ahead, phase, bytes, ofBytes, events, secondsLeft }: Progress): string {
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
  }
}
