import { expect, test } from 'vitest';
import { parseConfigFile } from '@/lib/config-file';
import { normaliseLabels } from './labels';
import type { RawLabel } from './wire/app-name';

const { limits, podLabels, buildLabels } = parseConfigFile('', 'defaults');
const normalise = (...raw: RawLabel[]) =>
  normaliseLabels(raw, { podLabels, buildLabels, limits })
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');

test('a profile without labels belongs to an unknown pod of an unknown service, and says so', () => {
  expect(normalise()).toBe('pod=unknown service_name=unknown_service');
});

test('the pod is the first present of pod, k8s.pod.name, instance and hostname; the others stay', () => {
  const all: RawLabel[] = [
    ['hostname', 'h'],
    ['instance', 'i'],
    ['k8s.pod.name', 'k'],
    ['pod', 'p'],
  ];
  expect(normalise(...all)).toBe('hostname=h instance=i k8s.pod.name=k pod=p service_name=unknown_service');
  expect(normalise(...all.slice(0, 3))).toBe('hostname=h instance=i pod=k service_name=unknown_service');
  expect(normalise(...all.slice(0, 1))).toBe('pod=h service_name=unknown_service');
});

test('an empty pod is no pod', () => {
  expect(normalise(['pod', ''], ['instance', 'i'])).toBe('pod=i service_name=unknown_service');
});

test('the build comes from the label that names it, the Go version from the runtime of Go only', () => {
  expect(
    normalise(
      ['version', '2'],
      ['service_git_ref', 'abc'],
      ['process.runtime.name', 'go'],
      ['process.runtime.version', 'go1.26.8'],
    ),
  ).toBe('build=abc go=go1.26.8 pod=unknown service_name=unknown_service version=2');
  expect(normalise(['process.runtime.name', 'nodejs'], ['process.runtime.version', '20.20.2'])).toBe(
    'pod=unknown service_name=unknown_service',
  );
});

test('what changes with every start is no part of a series', () => {
  expect(
    normalise(
      ['__session_id__', 'x'],
      ['__delta__', 'false'],
      ['__name__', 'mutex'],
      ['otel.scope.name', 'y'],
      ['otel.scope.version', 'z'],
      ['zone', 'a'],
    ),
  ).toBe('pod=unknown service_name=unknown_service zone=a');
});

test('a label given twice is fine when both say the same', () => {
  expect(normalise(['zone', 'a'], ['zone', 'a'])).toContain('zone=a');
  expect(() => normalise(['zone', 'a'], ['zone', 'b'])).toThrow(expect.objectContaining({ code: 'ingest.labels' }));
});

test('limits count bytes, and 30 labels of full length are accepted', () => {
  const raw = Array.from({ length: 28 }, (_, i): RawLabel => [`l${i}`.padEnd(1_024, 'x'), '日'.repeat(682)]);
  expect(normalise(...raw)).toContain('l27x');
  expect(() => normalise(...raw, ['more', '1'])).toThrow('31 labels, 30 are allowed');
  expect(() => normalise(['l', '日'.repeat(683)])).toThrow('longer than 2048 bytes');
  expect(() => normalise(['1digit', 'x'])).toThrow('is no label name');
});
