import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { apiDocs } from './api-docs';

test('docs/api.md is what the schemas say', () => {
  expect(readFileSync('docs/api.md', 'utf8')).toBe(apiDocs());
});
