import { expect, it } from 'vitest';
import { BENCH_CONFIGS, benchRun, describeRun } from '../../src/bench/configs.ts';
import { checkRun } from '../../src/config/check.ts';

it('measures runs that can be trained', () => {
  for (const name of BENCH_CONFIGS) expect(checkRun(benchRun(name))).toEqual([]);
});

it('describes them', () => {
  expect(BENCH_CONFIGS.map((name) => describeRun(benchRun(name)))).toEqual([
    'width 64, depth 4, heads 4, 16 patches, batch 32, mask ratio 0',
    'width 128, depth 4, heads 4, 64 patches, batch 32, mask ratio 0.5',
    'width 192, depth 6, heads 3, 64 patches, batch 64, mask ratio 0.75',
  ]);
});
