/** Who can take part, by the name that `--contenders` knows. */
import type { Entrant } from '../../bench/contender.ts';
import { patchwork } from '../../bench/patchwork.ts';
import { stockTfjs } from '../../bench/stock.ts';
import { jaxAutomatic } from './jax/automatic.ts';
import { jaxByHand } from './jax/byHand.ts';
import type { ContenderName } from './options.ts';

export const ENTRANTS: Readonly<Record<ContenderName, Entrant>> = {
  patchwork,
  stock: stockTfjs,
  'jax-js': jaxAutomatic,
  'jax-js-by-hand': jaxByHand,
};
