import type { SampleTypeConfig } from '@/lib/pprof/sample-type-config';
import type { UnixMs } from '@/lib/units';
import type { RawLabel } from './app-name';

/** One pprof as it came over the wire, with everything the protocol said about it. */
export interface RawProfile {
  /** pprof, gzipped or plain: a view of the request's body. */
  readonly bytes: Uint8Array;
  /** As sent, `service_name` and `__name__` among them; order and repetition as sent. */
  readonly labels: readonly RawLabel[];
  /** As pyroscope-go sends it beside the profile; undefined when none came. */
  readonly sampleTypeConfig: SampleTypeConfig | undefined;
  /** The window as the protocol told it; undefined = not told. */
  readonly from: UnixMs | undefined;
  readonly until: UnixMs | undefined;
}
