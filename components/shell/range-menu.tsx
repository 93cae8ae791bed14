'use client';
// Client: a menu, a form, and the keys that move the range.
import Link from 'next/link';
import { type FormEvent, useState } from 'react';
import { shiftRange, zoomRange } from '@/components/selection/range-moves';
import { useView } from '@/components/selection/use-view';
import { errorMessage } from '@/lib/errors';
import { parseRange, type TimeRange } from '@/lib/selection/range';
import { defaultFrom, defaultTo } from '@/lib/selection/view';
import { formatSpan, relativeRangeName } from '@/lib/time-format';
import { unixMs } from '@/lib/units';
import { hasView } from './has-view';
import { Menu } from './menu';
import { useShortcut } from './shortcuts';

const presets = ['now-5m', 'now-15m', 'now-1h', 'now-6h', 'now-1d', 'now-7d'];
const clock = () => unixMs(Date.now());

/** The time range: presets, two ends as text, and `[` `]` `-` `=`; nothing on pages that no range changes. */
export function RangeMenu() {
  return hasView(useView().path) ? <RangeOfView /> : null;
}

function RangeOfView() {
  const { params, href, go } = useView();
  const from = params.get('from') ?? defaultFrom;
  const to = params.get('to') ?? defaultTo;
  const move = (change: (range: TimeRange, now: number) => { readonly from: string; readonly to: string }) => {
    const now = clock();
    const range = parsedRange(from, to);
    if (range !== undefined) go(href({ ...change(range, now) }));
  };
  useShortcut({ keys: '[', label: 'Earlier by half a window', group: 'Time' }, () =>
    move((range, now) => shiftRange(range, -1, now)),
  );
  useShortcut({ keys: ']', label: 'Later by half a window', group: 'Time' }, () =>
    move((range, now) => shiftRange(range, 1, now)),
  );
  useShortcut({ keys: '-', label: 'Twice the window', group: 'Time' }, () =>
    move((range, now) => zoomRange(range, 2, now)),
  );
  useShortcut({ keys: '=', label: 'Half the window', group: 'Time' }, () =>
    move((range, now) => zoomRange(range, 0.5, now)),
  );
  const name = rangeName(from, to);
  return (
    <Menu
      label={`Time range: ${name}`}
      button={
        <>
          <span className="clip">{name}</span>
          <span className="caret" aria-hidden="true">
            ▾
          </span>
        </>
      }
    >
      {(close) => (
        <>
          {presets.map((preset) => (
            <Link
              key={preset}
              href={href({ from: preset, to: 'now' })}
              prefetch={false}
              onClick={close}
              aria-current={preset === from && to === 'now' ? 'true' : undefined}
            >
              {relativeRangeName(preset, 'now')}
            </Link>
          ))}
          <hr />
          <RangeForm
            from={from}
            to={to}
            apply={(range) => {
              close();
              go(href(range));
            }}
          />
        </>
      )}
    </Menu>
  );
}

function RangeForm({
  from,
  to,
  apply,
}: {
  readonly from: string;
  readonly to: string;
  readonly apply: (range: { from: string; to: string }) => void;
}) {
  const [problem, setProblem] = useState<string>();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const next = { from: textOf(form, 'from'), to: textOf(form, 'to') };
    try {
      parseRange(next.from, next.to, clock());
    } catch (error) {
      setProblem(errorMessage(error));
      return;
    }
    apply(next);
  };
  return (
    <form onSubmit={submit}>
      <label className="label">
        From (UTC)
        <input className="field" name="from" defaultValue={readable(from)} aria-invalid={problem !== undefined} />
      </label>
      <label className="label">
        To
        <input className="field" name="to" defaultValue={readable(to)} aria-invalid={problem !== undefined} />
      </label>
      {problem === undefined ? null : (
        <p className="bad" role="alert">
          {problem}
        </p>
      )}
      <p className="micro">now, now-2h, 2026-01-31T14:20:00Z, epoch seconds</p>
      <button type="submit" className="btn primary">
        Apply
      </button>
    </form>
  );
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}

/** Epoch seconds as ISO 8601, which a person can edit. */
function readable(text: string): string {
  return /^\d{10}$/.test(text) ? `${new Date(Number(text) * 1000).toISOString().slice(0, 19)}Z` : text;
}

function parsedRange(from: string, to: string): TimeRange | undefined {
  try {
    return parseRange(from, to, clock());
  } catch {
    // The page itself says what is wrong with the range; keys then do nothing.
    return undefined;
  }
}

/** `last 1 h`, or both ends; absolute texts do not depend on the clock, so server and browser agree. */
function rangeName(from: string, to: string): string {
  const relative = relativeRangeName(from, to);
  if (relative !== undefined) return relative;
  if (from.startsWith('now') || to.startsWith('now')) return `${from} – ${to}`;
  const range = parsedRange(from, to);
  return range === undefined ? `${from} – ${to}` : `${formatSpan(range.from, range.to)} UTC`;
}
