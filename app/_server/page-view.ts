import 'server-only';
import { errorCode, errorMessage } from '@/lib/errors';
import { parseView, toParams, type View } from '@/lib/selection/view';
import { requestNow } from './context';

/** What Next hands to a page. */
export type SearchParams = Promise<Readonly<Record<string, string | string[] | undefined>>>;

export type PageView =
  | { readonly ok: true; readonly view: View }
  | { readonly ok: false; readonly params: URLSearchParams; readonly message: string };

/** The view a page's URL asks for. A parameter that cannot be read is told, never replaced by a default. */
export async function readView(searchParams: SearchParams): Promise<PageView> {
  const params = toParams(await searchParams);
  try {
    return { ok: true, view: parseView(params, requestNow()) };
  } catch (error) {
    if (errorCode(error)?.startsWith('selection.')) return { ok: false, params, message: errorMessage(error) };
    throw error;
  }
}
