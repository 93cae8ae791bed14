import { defineConfig, devices } from '@playwright/test';

const port = Number(process.env.LOCKSCOPE_TEST_PORT ?? 24_040);
const isRoot = process.getuid?.() === 0;

/**
 * Browser tests against the built server with recorded profiles. tests/e2e/start.ts fills a data folder of its own
 * with the recorded run and stays in the foreground as the server's parent.
 */
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  timeout: 60_000,
  fullyParallel: false,
  workers: 1,
  // A test that passes on a later try is printed as flaky, not hidden.
  retries: process.env.CI ? 2 : 0,
  reporter: 'list',
  outputDir: 'test-results/browser',
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    timezoneId: 'UTC',
    locale: 'en-GB',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [
        ...(isRoot ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'desktop', use: { ...devices['Desktop Chrome'], viewport: { width: 1280, height: 900 } } },
    {
      name: 'phone',
      // What depends on the width; the rest would be the same test twice.
      testMatch:
        /(everywhere|shell|overview|incident|connect|upload|lock-states|states|failing|filters|hatches|loading|round-trip|traces)\.spec\.ts/,
      use: { ...devices['Desktop Chrome'], viewport: { width: 390, height: 844 }, hasTouch: true },
    },
  ],
  webServer: {
    command: 'npx tsx tests/e2e/start.ts',
    env: { LOCKSCOPE_TEST_PORT: String(port) },
    url: `http://127.0.0.1:${port + 1}/`,
    timeout: 120_000,
    // A server that is already filled, started by hand with tests/e2e/start.ts: for working on one test.
    reuseExistingServer: process.env.LOCKSCOPE_TEST_REUSE === '1',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    stdout: 'pipe',
  },
});
