import type { WaitDetail } from '@/lib/query/trace/result';

/** What the ruler counts from: the hold that the chosen wait waited for, as far as its start is known. */
export function waitOrigin(detail: WaitDetail | undefined): { readonly ns: number; readonly text: string } {
  if (detail === undefined) return { ns: 0, text: 'from the start of the trace' };
  const { hold } = detail;
  switch (hold?.start) {
    case 'exact':
      return { ns: hold.startNs, text: 'from the start of the hold' };
    case 'bounded':
      return { ns: hold.certainNs, text: 'since it held for certain' };
    default:
      return { ns: detail.beginNs, text: 'from the start of the wait' };
  }
}

/** The lines beside the release of the chosen wait: `text` of the stall, or who let it go. */
export function releaseOf(
  detail: WaitDetail | undefined,
  text: readonly string[] | undefined,
): { readonly site: string; readonly text: readonly string[] } | undefined {
  if (detail === undefined || detail.by === null) return undefined;
  return { site: detail.site.id, text: text ?? [`released by G${detail.by}`] };
}
