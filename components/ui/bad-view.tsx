import { hrefWith } from '@/lib/selection/view';
import { LinkButton } from './button';
import { State } from './state';

/** A URL whose range or filter cannot be read: says what is wrong and offers the page without it. */
export function BadView({
  path,
  params,
  message,
}: {
  readonly path: string;
  readonly params: URLSearchParams;
  readonly message: string;
}) {
  return (
    <State title="The address holds something that cannot be read" mood="bad">
      <p>{message}</p>
      <LinkButton href={hrefWith(path, params, { from: null, to: null, label: null })}>
        Show the last hour without it
      </LinkButton>
    </State>
  );
}
