import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadConfig, readText } from '@/lib/config';

const load = (env: Record<string, string> = {}, file?: string) => loadConfig(env, () => file);
const example = readFileSync(new URL('../lockscope.config.example.yml', import.meta.url), 'utf8');

test('without anything set listens on loopback with the documented defaults', () => {
  expect(load()).toMatchObject({
    host: '127.0.0.1',
    port: 4040,
    dataDir: './data',
    token: undefined,
    selfProfile: false,
    targets: [],
    podLabels: ['pod', 'k8s.pod.name', 'instance', 'hostname'],
    buildLabels: ['service_git_ref', 'version', 'build'],
    limits: {
      bodyBytes: 16 * 2 ** 20,
      inflatedBytes: 64 * 2 ** 20,
      traceBytes: 2 ** 30,
      labels: 30,
      labelNameLength: 1_024,
      aheadMs: 600_000,
    },
    retention: {
      rawMs: 3 * 86_400_000,
      site1mMs: 14 * 86_400_000,
      stack1hMs: 30 * 86_400_000,
      site1hMs: 400 * 86_400_000,
    },
  });
});

test('an empty variable is one that is not set', () => {
  expect(load({ LOCKSCOPE_TOKEN: '', LOCKSCOPE_PORT: '' })).toMatchObject({ token: undefined, port: 4040 });
});

test('reads hosts as a list, in lower case', () => {
  expect(load({ LOCKSCOPE_ALLOWED_HOSTS: 'Profiles.Example.com, localhost,' }).allowedHosts).toEqual([
    'profiles.example.com',
    'localhost',
  ]);
});

describe('a wrong variable is named', () => {
  test.each([
    ['LOCKSCOPE_PORT', '70000'],
    ['LOCKSCOPE_PORT', 'http'],
    ['LOCKSCOPE_TOKEN', 'short'],
    ['LOCKSCOPE_CATALOG_URL', 'mysql://db'],
    ['LOCKSCOPE_SELF_PROFILE', 'yes'],
  ])('%s=%s', (name, value) => {
    expect(() => load({ [name]: value })).toThrow(expect.objectContaining({ code: 'config.env', place: name }));
  });
});

test('a configuration file that was asked for must be there', () => {
  expect(() => load({ LOCKSCOPE_CONFIG: 'mine.yml' })).toThrow('no such file: mine.yml');
});

test('the age limit of ingest is the retention of raw data', () => {
  expect(load({}, 'retention: { raw: 12h }').limits.behindMs).toBe(12 * 3_600_000);
});

test('traces are kept as long as uploads unless they have an age of their own', () => {
  expect(load({}, 'retention: { uploads: 7d }').traceAgeMs).toBe(7 * 86_400_000);
  expect(load({}, 'retention: { uploads: 7d, traces: 1d }').traceAgeMs).toBe(86_400_000);
});

describe('a wrong setting is named with its path', () => {
  test.each([
    ['limits: { pprof: 16MB, smaples: 1 }', 'limits.smaples', 'no such setting'],
    ['targets:\n  - service: a\n    url: http://a:1\n    evry: 10s', 'targets.0.evry', 'no such setting'],
    ['targets:\n  - service: a\n    url: ftp://a', 'targets.0.url', 'must start with http'],
    ['targets:\n  - service: a\n    url: http://a:99999', 'targets.0.url', 'is no address'],
    [
      'targets:\n  - service: a\n    url: http://[fe80::1]:6060',
      'targets.0.url',
      'fe80::1 is a link-local or metadata address',
    ],
    ['retention: { raw: 3 days }', 'retention.raw', 'no quantity'],
    ['retention: { raw: 5m }', 'retention.raw', 'not within 1h to 400d'],
    ['sampling: { orders: { go: "2" } }', 'sampling.orders.go', 'must look like'],
    ['pod_labels: []', 'pod_labels', ''],
    ['limits: [', 'line 1', ''],
  ])('%s', (file, place, message) => {
    expect(() => load({}, file)).toThrow(
      expect.objectContaining({ code: 'config.file', place, message: expect.stringContaining(message) }),
    );
  });
});

test('a configuration file that cannot be read is named', () => {
  expect(() => readText(import.meta.dirname)).toThrow(
    expect.objectContaining({
      code: 'config.file',
      message: expect.stringContaining(`${import.meta.dirname} cannot be read`),
    }),
  );
  expect(readText(`${import.meta.dirname}/none.yml`)).toBeUndefined();
});

test('the example file is valid and says the defaults', () => {
  const { targets, sampling, idle, ...rest } = load({}, example);
  const defaults = load();
  expect(rest).toMatchObject({
    limits: defaults.limits,
    podLabels: defaults.podLabels,
    buildLabels: defaults.buildLabels,
  });
  expect([rest.retention, rest.uploadAgeMs]).toEqual([defaults.retention, 30 * 86_400_000]);
  expect([rest.traces, rest.traceAgeMs]).toEqual([defaults.traces, 30 * 86_400_000]);
  expect(targets[0]).toMatchObject({ service: 'orders', everyMs: 10_000 });
  expect(sampling.orders).toEqual({ blockRateNs: 10_000, mutexFraction: 10, go: '1.23' });
  expect(idle.length).toBeGreaterThan(0);
});
