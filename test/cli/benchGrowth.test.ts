import { expect, it } from 'vitest';
import { GROWTH_AXES, growthJson, growthPoints, growthText } from '../../src/cli/bench/growth.ts';
import { parseBenchOptions } from '../../src/cli/bench/options.ts';
import { checkRun } from '../../src/config/check.ts';
import { tokenCount } from '../../src/config/modalities.ts';

it('grows along one axis at a time, five sizes each, which all can be trained', () => {
  const points = growthPoints();
  for (const axis of GROWTH_AXES) expect(points.filter((point) => point.axis === axis)).toHaveLength(5);
  for (const { axis, value, run } of points) {
    expect(checkRun(run)).toEqual([]);
    const sizes = { batch: run.optimiser.batch, width: run.model.width, depth: run.model.depth, tokens: tokenCount(run) };
    expect(sizes).toEqual({ batch: 32, width: 64, depth: 4, tokens: 16, [axis]: value });
  }
});

it('is told as a table for each axis, and as lines of JSON', () => {
  const rows = [
    { contender: 'patchwork', medianMs: 12.34 },
    { contender: 'stock tfjs', medianMs: null },
  ];
  const findings = [8, 16].map((value) => ({ axis: 'batch', value, rows }) as const);
  expect(growthText(findings).split('\n')).toEqual([
    '| batch, ms | patchwork | stock tfjs |',
    '|---|---|---|',
    '| 8 | 12.3 | - |',
    '| 16 | 12.3 | - |',
    '',
  ]);
  expect(JSON.parse(growthJson(findings[1])[0])).toEqual({ event: 'growth', axis: 'batch', value: 16, ...rows[0] });
});

it('takes the contenders that people have, and nothing else beside it', () => {
  const contenders = ['patchwork', 'stock', 'jax-js', 'pytorch'];
  expect(parseBenchOptions(['--growth'])).toMatchObject({ growth: true, where: 'chromium', contenders });
  expect(() => parseBenchOptions(['--growth', '--senses'])).toThrow(/ask for one of them/);
  expect(() => parseBenchOptions(['--growth', '--backend', 'null'])).toThrow(/executes something/);
});
