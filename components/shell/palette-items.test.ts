import { expect, test } from 'vitest';
import { findItems, type PaletteItem } from './palette-items';

const item = (text: string): PaletteItem => ({ id: text, text, where: '', search: text, href: '/' });
const items = [
  'Overview',
  'order-service',
  'config.(*OrderConfigManager) RWMutex GetConfig orderconfig.go:24',
  'user.(*MapCache) sync.Map',
].map(item);

test('a run of letters finds a lock by type, function or file', () => {
  expect(findItems(items, 'orderconf', 5)[0]?.text).toContain('OrderConfigManager');
  expect(findItems(items, 'getconfig', 5)[0]?.text).toContain('OrderConfigManager');
  expect(findItems(items, 'orderconfig.go', 5)[0]?.text).toContain('OrderConfigManager');
});

test('letters in order find a name, a letter too many does not', () => {
  expect(findItems(items, 'mpcch', 5).map((hit) => hit.text)).toEqual(['user.(*MapCache) sync.Map']);
  expect(findItems(items, 'zzz', 5)).toEqual([]);
});

test('scattered letters are not looked for in what a line does not show', () => {
  const lock = {
    ...item('http.(*Transport)'),
    search: 'http.(*Transport) net/http.(*Transport).dialConnFor transport.go:9',
  };
  expect(findItems([lock], 'dialconnfor', 5)).toEqual([lock]);
  expect(findItems([lock], 'hdfgo', 5)).toEqual([]);
});

test('nothing typed keeps the order, up to the limit', () => {
  expect(findItems(items, ' ', 2).map((hit) => hit.text)).toEqual(['Overview', 'order-service']);
});
