import { expect, it } from 'vitest';
import { withObjective } from '../../../src/config/presets.ts';
import { defaultRun } from '../../../src/config/run.ts';
import { withSetting } from '../../../src/config/settings.ts';
import { sidesOf } from '../../../src/ui/objectives/sides.ts';
import { colourSubject } from '../../tinyRun.ts';

const config = withObjective(defaultRun(), 'mae');
const subject = colourSubject(config, 0);

it('counts what enters each encoder, and that masking inside it is dearer', () => {
  const { mae, simmim } = sidesOf(config, subject);
  expect(mae).toMatchObject({ kept: 16, tokens: 17 });
  expect(simmim).toMatchObject({ kept: 16, tokens: 65 });
  expect(simmim.gflop).toBeGreaterThan(mae.gflop);
  // The wider the encoder, the less MAE's decoder weighs.
  const wide = sidesOf(withSetting(config, 'model.width', 256), subject);
  expect(wide.simmim.gflop).toBeGreaterThan(2.5 * wide.mae.gflop);
});

it('does not depend on which of the two is chosen', () => {
  expect(sidesOf(withSetting(config, 'task.objective', 'simmim'), subject)).toEqual(sidesOf(config, subject));
});
