import { expect, test } from 'vitest';
import { GET, POST } from './route';

test('a path that no route answers is a problem document of 404 naming the path', async () => {
  for (const method of [GET, POST]) {
    const response = await method(new Request('http://127.0.0.1/api/v1/nope?x=1'));
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ code: 'api.no-route', place: 'path /api/v1/nope' });
  }
});
