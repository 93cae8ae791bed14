import { answer } from '@/app/_server/problem';
import { LockscopeError } from '@/lib/errors';

/** Every path below `/api` that no route answers: 404 as a problem document, since a program asked and not a person. */
function noRoute(request: Request): Promise<Response> {
  return answer(async () => {
    const { pathname } = new URL(request.url);
    throw new LockscopeError('api.no-route', `there is no ${pathname}; the paths are in docs/api.md`, {
      place: `path ${pathname}`,
    });
  });
}

export { noRoute as DELETE, noRoute as GET, noRoute as PATCH, noRoute as POST, noRoute as PUT };
