import { describe, expect, test } from 'vitest';
import vectors from '@/tests/fixtures/regression/scipy-vectors.json';
import { benjaminiHochberg } from './benjamini-hochberg';
import { hodgesLehmannRatio } from './hodges-lehmann';
import { mannWhitney } from './mann-whitney';
import { signedRankGreater } from './signed-rank';
import { normalAbove, studentAbove, studentQuantileAbove } from './tails';
import { welchLogGreater } from './welch-log';

/** Tails are compared by ratio: an absolute tolerance would pass any small p for 0. */
function expectClose(actual: number, expected: number, relative: number): void {
  expect(Math.abs(actual - expected), `${actual} for ${expected}`).toBeLessThanOrEqual(relative * Math.abs(expected));
}

describe('as scipy says', () => {
  test('Mann-Whitney without ties is exact', () => {
    for (const { base, head, p } of vectors.exact) {
      const result = mannWhitney(base, head);
      expect(result.method).toBe('exact');
      expectClose(result.p, p, 1e-12);
    }
  });

  test('Mann-Whitney with ties and zeros is the share of all labelings', () => {
    for (const { base, head, p } of vectors.ties) {
      const result = mannWhitney(base, head);
      expect(result.method).toBe('exact');
      expectClose(result.p, p, 1e-12);
    }
  });

  test('Mann-Whitney of more than 20 runs is the tie-corrected normal, far tail included', () => {
    for (const { base, head, p } of vectors.asymptotic) {
      const result = mannWhitney(base, head);
      expect(result.method).toBe('normal');
      expectClose(result.p, p, 1e-9);
    }
  });

  test('Benjamini-Hochberg', () => {
    for (const { p, q } of vectors.benjaminiHochberg)
      for (const [index, value] of benjaminiHochberg(p).entries()) expectClose(value, q[index] ?? Number.NaN, 1e-12);
  });

  test('Welch on logarithms', () => {
    for (const { base, head, leastEffect, p } of vectors.welch)
      expectClose(welchLogGreater(base, head, leastEffect), p, 1e-6);
  });

  test('signed rank, exact to 50 pairs and normal beyond', () => {
    for (const { base, head, p } of vectors.signedRank) expectClose(signedRankGreater(base, head), p, 1e-9);
  });

  test('signed rank with ties is the share of all patterns of signs', () => {
    for (const { base, head, p } of vectors.signedRankTies) expectClose(signedRankGreater(base, head), p, 1e-12);
  });

  test('Hodges-Lehmann ratio and its exact interval', () => {
    for (const { base, head, ratio, low, high } of vectors.hodgesLehmann) {
      const estimate = hodgesLehmannRatio(base, head);
      expectClose(estimate?.ratio ?? Number.NaN, ratio, 1e-12);
      expect([estimate?.low, estimate?.high]).toEqual([low, high]);
    }
  });

  test('tails of the normal and of t keep their digits', () => {
    for (const { z, p } of vectors.tails.normal) expectClose(normalAbove(z), p, 1e-9);
    for (const { t, degrees, p } of vectors.tails.student) expectClose(studentAbove(t, degrees), p, 1e-6);
    for (const { p, degrees, t } of vectors.tails.quantiles) expectClose(studentQuantileAbove(p, degrees), t, 1e-6);
  });
});
