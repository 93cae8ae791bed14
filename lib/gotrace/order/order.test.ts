import { describe, expect, test } from 'vitest';
import { traceOfScene } from '@/tests/support/trace-scene';
import { generationScenes } from '@/tests/support/trace-scenes/generations';
import { goroutineScenes } from '@/tests/support/trace-scenes/goroutines';
import { processorScenes } from '@/tests/support/trace-scenes/processors';
import { rangeScenes } from '@/tests/support/trace-scenes/ranges';
import { toldBy, toldOf } from '@/tests/support/trace-scenes/scene';

// tests/live/trace-scenes.test.ts asks Go's own reader about the same scenes.
describe.each([
  ['goroutines', goroutineScenes],
  ['processors', processorScenes],
  ['ranges and notes', rangeScenes],
  ['generations', generationScenes],
])('%s', (_, scenes) => {
  test.each(scenes)('$name', (scene) => {
    expect(toldOf(traceOfScene(scene.scene))).toBe(toldBy(scene));
  });
});
