import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Tests against the built server and real clients; they need `npm run build` first. One file at a time: they time things. */
export default defineConfig({
  resolve: { alias: { '@/': fileURLToPath(new URL('./', import.meta.url)) } },
  test: {
    include: ['tests/live/**/*.test.ts'],
    retry: process.env.CI ? 1 : 0,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: 'forks',
    fileParallelism: false,
    passWithNoTests: true,
  },
});
