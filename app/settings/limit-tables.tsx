import { Section } from '@/components/ui/section';
import type { Config } from '@/lib/config';
import { formatBytes, formatCount, formatDuration } from '@/lib/units-format';

type Row = readonly [name: string, value: string, why: string];

/** Retention and limits as configured; they are changed in the configuration file. */
export function LimitTables({ config }: { readonly config: Config }) {
  const { limits, retention } = config;
  const ms = (value: number) => formatDuration(value / 1000);
  return (
    <>
      <Section id="retention" title="Retention" sub="lockscope.config.yml, retention">
        <Rows
          rows={[
            ['Profiles as they came', ms(retention.rawMs), 'every bucket, stack and label'],
            ['Lock sites by the minute', ms(retention.site1mMs), 'sum and busiest bucket of each pod'],
            ['Stacks by the hour', ms(retention.stack1hMs), 'flame graphs'],
            ['Lock sites by the hour', ms(retention.site1hMs), 'trends'],
            ['Uploaded files', ms(config.uploadAgeMs), 'the file and its page, counted from the upload'],
            ['Execution traces', ms(config.traceAgeMs), 'the file and what was found in it, counted from its arrival'],
            [
              'Size on disk',
              retention.maxBytes === undefined ? 'no limit' : formatBytes(retention.maxBytes),
              'above it profiles as they came are shortened first',
            ],
          ]}
        />
      </Section>
      <Section
        id="limits"
        title="Limits"
        sub="lockscope.config.yml, limits: what is over is refused, or cut by smallest value and counted"
      >
        <Rows
          rows={[
            ['Profile as sent', formatBytes(limits.bodyBytes), 'refused with 413'],
            ['Profile after gunzip', formatBytes(limits.inflatedBytes), 'refused with 413'],
            ['Execution trace as sent', formatBytes(limits.traceBytes), 'refused with 413'],
            ['Memory of its analysis', formatBytes(config.traces.memoryBytes), 'above it the analysis fails'],
            ['Between recordings of a target', ms(config.traces.pauseMs), 'refused until then'],
            ['Text', formatBytes(limits.textBytes), 'refused with 413'],
            ['Samples of a profile', formatCount(limits.samples), 'the smallest beyond are added up as one'],
            [
              'Frames of a stack',
              formatCount(limits.depth),
              'the outermost beyond are cut, and one frame stands for them',
            ],
            ['Labels of a series', formatCount(limits.labels), 'refused'],
            ['Received a second', `${formatBytes(limits.bytesPerSecond)}/s`, '429, averaged over 10 s'],
            ['In memory at one time', formatBytes(limits.inFlightBytes), '429'],
            ['Age of a profile', ms(limits.behindMs), 'older ones are refused: raw data is kept no longer'],
            ['Ahead of this clock', ms(limits.aheadMs), 'refused'],
          ]}
        />
      </Section>
    </>
  );
}

function Rows({ rows }: { readonly rows: readonly Row[] }) {
  return (
    <table className="limits">
      <tbody>
        {rows.map(([name, value, why]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="n">{value}</td>
            <td className="muted not-phone">{why}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
