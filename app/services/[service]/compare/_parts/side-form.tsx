import type { BuildRecord } from '@/lib/catalog/builds';
import { hrefWith } from '@/lib/selection/view';

interface SideFormProps {
  readonly path: string;
  readonly params: URLSearchParams;
  readonly builds: readonly BuildRecord[];
  readonly sides: { readonly base: string; readonly head: string } | undefined;
}

/** Chooses the two builds of a comparison; works without scripts, keeps the rest of the address. */
export function SideForm({ path, params, builds, sides }: SideFormProps) {
  const seen = builds.filter(({ firstSeen }) => firstSeen !== undefined).toReversed();
  if (seen.length === 0) return null;
  const kept = [...params].filter(([name]) => !['base', 'head', 'lock'].includes(name));
  return (
    <form className="cmp-sides" action={path} method="get" aria-label="What is compared">
      {kept.map(([name, value]) => (
        <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
      ))}
      <SideSelect name="base" label="Base" value={sides?.base} builds={seen} />
      <SideSelect name="head" label="Head" value={sides?.head} builds={seen} />
      <button className="btn" type="submit">
        Compare
      </button>
      {sides === undefined ? null : (
        <a className="btn" href={hrefWith(path, params, { base: sides.head, head: sides.base, lock: null })}>
          Swap
        </a>
      )}
    </form>
  );
}

function SideSelect({
  name,
  label,
  value,
  builds,
}: {
  readonly name: 'base' | 'head';
  readonly label: string;
  readonly value: string | undefined;
  readonly builds: readonly BuildRecord[];
}) {
  const known = builds.some(({ build }) => build === value);
  return (
    <label>
      {label}
      <select name={name} defaultValue={value}>
        {value === undefined || known ? null : <option value={value}>{value}</option>}
        {builds.map(({ build }) => (
          <option key={build} value={build}>
            {build}
          </option>
        ))}
      </select>
    </label>
  );
}
