import { axeFindings, expect, open, test } from './test';
import { truth } from './truth';

const wholeRange = 'from=now-1h&to=now';
const service = `/services/${truth.service}`;

const old = 'from=1577836800&to=1577840400';

for (const [what, path, status, state] of [
  ['an upload that is not there', '/uploads/0123456789abcdef', 404, 'There is no such upload'],
  ['a trace that is not there', '/traces/0123456789abcdef', 404, 'There is no such capture'],
  ['a service that never sent anything', '/services/nobody', 404, 'There is no such page'],
  ["what is no lock's id", `${service}/locks/nonsense`, 404, 'There is no such page'],
  ['a lock outside of the range', `${service}/locks/0123456789abcdef?${wholeRange}`, 200, 'Nobody waited at this lock'],
  ['a lock in a range without profiles', `${service}/locks/0123456789abcdef?${old}`, 200, 'No profile arrived'],
  ['a flame graph in a range without profiles', `${service}/flame?${old}`, 200, 'No profile arrived'],
  ['a flame graph of no mode', `${service}/flame?${wholeRange}&mode=nonsense`, 200, 'There is no "nonsense" profile'],
  ['a service whose address cannot be read', `${service}?from=yesterdayish`, 200, 'The address holds something'],
  [
    'a lock whose address cannot be read',
    `${service}/locks/0123456789abcdef?label=x`,
    200,
    'The address holds something',
  ],
] as const) {
  test(`${what} has status ${status}, a breadcrumb, a heading and the state`, async ({ page, watched }) => {
    if (status === 404) watched.allowed.push(/404/);
    const answer = await page.request.get(path, { headers: { accept: 'text/html' } });
    expect(answer.status()).toBe(status);
    await open(page, path);
    const main = page.getByRole('main');
    await expect(main.getByRole('heading', { level: 2, name: state })).toBeVisible();
    await expect(main.getByRole('heading', { level: 1 })).toHaveCount(1);
    await expect(main.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link').first()).toBeVisible();
    expect(await axeFindings(page)).toEqual([]);
  });
}
