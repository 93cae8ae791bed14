import Link from 'next/link';
import { printTransforms, type Transform } from '@/lib/flamegraph/transform';
import { shortName } from '@/lib/profile/function-name';
import { hrefWith } from '@/lib/selection/view';
import type { FlameRequest } from './flame-request';
import type { Mode } from './modes';

const cleared = { sel: null, zoom: null };

interface ToolbarProps {
  readonly path: string;
  readonly params: URLSearchParams;
  readonly modes: readonly Mode[];
  readonly mode: Mode;
  readonly request: FlameRequest;
  readonly colour: 'package' | 'reason' | 'side';
}

/** Modes, presets, colour and direction, all of them links: the page can be used and shared without scripts. */
export function Toolbar({ path, params, modes, mode, request, colour }: ToolbarProps) {
  const to = (changes: Readonly<Record<string, string | null>>) => hrefWith(path, params, changes);
  const isPair = mode.id === 'mirror' || request.fn !== undefined;
  const colours =
    mode.id === 'mirror'
      ? (['side', 'package'] as const)
      : mode.sampleType === 'delay'
        ? (['package', 'reason'] as const)
        : [];
  return (
    <div className="fl-bar">
      <nav aria-label="Mode" className="fl-seg">
        {modes.map((one) => (
          <Link
            key={one.id}
            href={to({ ...cleared, mode: one.id, t: null, fn: null, color: null })}
            prefetch={false}
            aria-current={one.id === mode.id ? 'true' : undefined}
          >
            {one.name}
          </Link>
        ))}
      </nav>
      <Preset name="hide runtime and sync" step={{ kind: 'hide', what: 'internals' }} {...{ to, request }} />
      <Preset name="only my module" step={{ kind: 'hide', what: 'foreign' }} {...{ to, request }} />
      {isPair ? null : (
        <Link className="chip" href={to({ ...cleared, t: null, inv: request.invert ? null : '1' })} prefetch={false}>
          {request.invert ? 'callers first ✓' : 'callers first'}
        </Link>
      )}
      {colours.length === 0 ? null : (
        <span className="fl-opt">
          <span className="muted">colour</span>
          {colours.map((one) => (
            <Link
              key={one}
              href={to({ color: one })}
              prefetch={false}
              aria-current={one === colour ? 'true' : undefined}
            >
              {one}
            </Link>
          ))}
        </span>
      )}
    </div>
  );
}

function Preset({
  name,
  step,
  to,
  request,
}: {
  readonly name: string;
  readonly step: Transform;
  readonly to: (changes: Readonly<Record<string, string | null>>) => string;
  readonly request: FlameRequest;
}) {
  const text = printTransforms([step]);
  const others = request.transforms.filter((one) => printTransforms([one]) !== text);
  const on = others.length < request.transforms.length;
  const next = on ? others : [...request.transforms, step];
  return (
    <Link
      className="chip"
      href={to({ ...cleared, t: next.length === 0 ? null : printTransforms(next) })}
      prefetch={false}
    >
      {name}
      {on ? ' ✓' : ''}
    </Link>
  );
}

/** The steps between profile and graph as chips, each with a link that takes it away. */
export function Steps({
  path,
  params,
  request,
  lockName,
}: {
  readonly path: string;
  readonly params: URLSearchParams;
  readonly request: FlameRequest;
  readonly lockName: string | undefined;
}) {
  const chips: { readonly text: string; readonly change: Readonly<Record<string, string | null>> }[] = [
    ...(request.lock === undefined ? [] : [{ text: `lock ${lockName ?? request.lock}`, change: { lock: null } }]),
    ...(request.fn === undefined ? [] : [{ text: `sandwich ${shortName(request.fn)}`, change: { fn: null } }]),
    ...request.transforms.map((step, index) => {
      const left = request.transforms.filter((_, at) => at !== index);
      return { text: stepText(step), change: { t: left.length === 0 ? null : printTransforms(left) } };
    }),
  ];
  return chips.map(({ text, change }) => (
    <Link
      key={text}
      className="chip"
      href={hrefWith(path, params, { ...cleared, ...change })}
      prefetch={false}
      aria-label={`Remove: ${text}`}
    >
      {text}
      <span className="x" aria-hidden="true">
        ×
      </span>
    </Link>
  ));
}

function stepText(step: Transform): string {
  switch (step.kind) {
    case 'focus':
      return `focus on one place (${step.id.slice(0, 6)})`;
    case 'focusFunction':
      return `focus ${shortName(step.name)}`;
    case 'merge':
      return `merge ${shortName(step.name)}`;
    case 'drop':
      return `drop ${shortName(step.name)}`;
    case 'collapse':
      return `collapse ${step.package}`;
    case 'hide':
      return step.what === 'internals' ? 'hide runtime and sync' : 'only my module';
  }
}
