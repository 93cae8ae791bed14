import { pinBuild, unpinBuild } from './actions';

/** Pins a build as the baseline, or takes the pin away; a build without profiles can be no baseline. */
export function PinBuild({
  service,
  build,
  isPinned,
  canPin,
}: {
  readonly service: string;
  readonly build: string;
  readonly isPinned: boolean;
  readonly canPin: boolean;
}) {
  if (!canPin && !isPinned) return <span className="muted">needs a profile</span>;
  return (
    <form action={isPinned ? unpinBuild : pinBuild}>
      <input type="hidden" name="service" value={service} />
      <input type="hidden" name="build" value={build} />
      <button type="submit" className="btn small" aria-label={isPinned ? `Unpin ${build}` : `Pin ${build}`}>
        {isPinned ? 'Pinned · unpin' : 'Pin'}
      </button>
    </form>
  );
}
