import type { Metadata } from 'next';
import { toParams } from '@/lib/selection/view';
import type { SearchParams } from '../_server/page-view';

export const metadata: Metadata = { title: 'Sign in' };

/** The token of LOCKSCOPE_TOKEN, turned into a cookie by `POST /login`. */
export default async function LoginPage({ searchParams }: { readonly searchParams: SearchParams }) {
  const params = toParams(await searchParams);
  const failed = params.get('error') !== null;
  return (
    <form action="/login" method="post" className="login">
      <h1 className="verdict">Sign in to Lockscope</h1>
      <p className="because">This server asks for the token it was started with (LOCKSCOPE_TOKEN).</p>
      <input type="hidden" name="next" value={params.get('next') ?? '/'} />
      <label className="label">
        Token
        <input
          className="field"
          name="token"
          type="password"
          autoComplete="current-password"
          required
          aria-invalid={failed}
          aria-describedby={failed ? 'login-problem' : undefined}
        />
      </label>
      {failed ? (
        <p id="login-problem" className="bad" role="alert">
          That is not the token.
        </p>
      ) : null}
      <button type="submit" className="btn primary">
        Sign in
      </button>
    </form>
  );
}
