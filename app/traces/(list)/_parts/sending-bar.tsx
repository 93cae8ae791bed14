import { formatBytes, formatDuration, formatShare } from '@/lib/units-format';
import type { Sent } from './send-trace';

/** How much of a file is sent, how fast, how long it still takes, and the way to stop it. */
export function SendingBar({
  name,
  sent,
  onCancel,
}: {
  readonly name: string;
  readonly sent: Sent;
  readonly onCancel: () => void;
}) {
  const { bytes, ofBytes, seconds } = sent;
  const perSecond = seconds === 0 ? 0 : bytes / seconds;
  return (
    <div className="tr-sending">
      <p>
        <b className="clip">{name}</b>
      </p>
      <progress max={ofBytes} value={bytes} aria-label={`Sending ${name}`} />
      <p className="micro">
        {bytes >= ofBytes
          ? `${formatBytes(ofBytes)} sent · the server is storing it`
          : [
              `${formatBytes(bytes)} of ${formatBytes(ofBytes)}`,
              formatShare(bytes / ofBytes),
              ...(perSecond === 0
                ? []
                : [
                    `${formatBytes(perSecond)}/s`,
                    `≈\u00a0${formatDuration(Math.max(1, Math.round((ofBytes - bytes) / perSecond)))} left`,
                  ]),
            ].join(' · ')}
      </p>
      <button type="button" className="btn small" onClick={onCancel}>
        Cancel
      </button>
    </div>
  );
}
