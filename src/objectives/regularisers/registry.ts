/** Every regulariser by the name that settings have for it. */
import type { RegulariserName } from '../../config/objectives/regularisers.ts';
import type { SupervisedSettings } from '../../config/objectives/supervised.ts';
import type { Regulariser } from '../regulariser.ts';
import { l2sp } from './l2sp.ts';
import { mars } from './mars.ts';
import { r3f } from './r3f.ts';
import { recAdam } from './recAdam.ts';

const REGULARISERS: Readonly<Record<RegulariserName, (settings: SupervisedSettings) => Regulariser | undefined>> = {
  none: () => undefined,
  l2sp: (settings) => (settings.l2sp === 0 ? undefined : l2sp(settings.l2sp)),
  recAdam: ({ recAdamPull: gamma, recAdamSlope: slope, recAdamMiddle: middle }) =>
    gamma === 0 ? undefined : recAdam({ gamma, slope, middle }),
  mars: ({ marsRadius }) => mars(marsRadius),
  r3f: ({ r3f: lambda, r3fNoise: size, r3fShape: shape }) => (lambda === 0 ? undefined : r3f({ lambda, size, shape })),
};

/** That of a run's settings; undefined for plain fine-tuning, which a weight of 0 is too. */
export function regulariserOf(settings: SupervisedSettings): Regulariser | undefined {
  return REGULARISERS[settings.regulariser](settings);
}
