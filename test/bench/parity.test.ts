import { beforeAll, describe, expect, it } from 'vitest';
import type { Entrant } from '../../src/bench/contender.ts';
import { measure } from '../../src/bench/measure.ts';
import { comparedSteps, ParityError, requireParity } from '../../src/bench/parity.ts';
import { patchwork } from '../../src/bench/patchwork.ts';
import { stockTfjs } from '../../src/bench/stock.ts';
import { startWasm } from '../tinyRun.ts';
import { toyProblem } from './toyProblem.ts';

function losses(values: Record<string, number[]>): Map<string, number[]> {
  return new Map(Object.entries(values));
}

describe('requireParity', () => {
  it('compares steps 1, 5 and 20, as far as they go', () => {
    expect([1, 5, 20].map(comparedSteps)).toEqual([[1], [1, 5], [1, 5, 20]]);
  });

  it('reports the largest difference', () => {
    const found = requireParity(losses({ a: [2, 1], b: [2, 1.0005], c: [2.0002, 1] }), [1, 2]);
    expect(found?.difference).toBeCloseTo(5e-4, 8);
    expect(found?.steps).toEqual([1, 2]);
  });

  it('names the contender that is alone with its loss', () => {
    const planted = losses({ a: [2, 1], wrong: [2, 1.01], b: [2, 1.0001] });
    expect(() => requireParity(planted, [1])).not.toThrow();
    expect(() => requireParity(planted, [1, 2])).toThrow(/step 2 wrong has 1\.01, b 1\.0001/);
  });

  it('accepts no loss that is not a number', () => {
    expect(() => requireParity(losses({ a: [1], b: [Number.NaN] }), [1])).toThrow(/step 1 b has NaN/);
    expect(() => requireParity(losses({ a: [1, 1], b: [1] }), [1, 2])).toThrow(ParityError);
  });

  it('has nothing to compare one contender with', () => {
    expect(requireParity(losses({ a: [1] }), [1])).toBeNull();
  });
});

describe('measure', () => {
  beforeAll(startWasm);

  it('tells no times when a contender updates its weights wrongly', async () => {
    // Right at step 1, and then on weights that were decayed too much.
    const wrong: Entrant = {
      name: 'wrong',
      enter(problem, backend) {
        const { config } = problem;
        return stockTfjs.enter(
          { ...problem, config: { ...config, optimiser: { ...config.optimiser, weightDecay: 1 } } },
          backend,
        );
      },
    };
    const options = { problem: toyProblem(), backend: 'wasm', steps: 1, paritySteps: 20, executes: true } as const;
    const phases: string[] = [];
    await expect(measure([patchwork, stockTfjs, wrong], options, ({ phase }) => phases.push(phase))).rejects.toThrow(
      /The losses differ: at step 20 wrong has/,
    );
    expect(phases).not.toContain('timing');
  });
});
