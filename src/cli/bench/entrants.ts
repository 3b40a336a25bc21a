/** Who can take part, by the name that `--contenders` knows. */
import type { Entrant } from '../../bench/contender.ts';
import { patchworkEager } from '../../bench/eager.ts';
import { patchworkHalves } from '../../bench/halves.ts';
import { patchwork } from '../../bench/patchwork.ts';
import { stockTfjs } from '../../bench/stock.ts';
import { jaxAutomatic } from './jax/automatic.ts';
import { jaxByHand } from './jax/byHand.ts';
import type { ContenderName } from './options.ts';
import { type NoTorch, pytorch } from './torch/entrant.ts';
import type { TorchLink } from './torch/link.ts';

export function entrantsOf(names: readonly ContenderName[], torch: TorchLink | NoTorch): Entrant[] {
  const entrants: Readonly<Record<ContenderName, Entrant>> = {
    patchwork,
    'patchwork-eager': patchworkEager,
    'patchwork-f16': patchworkHalves,
    stock: stockTfjs,
    'jax-js': jaxAutomatic,
    'jax-js-by-hand': jaxByHand,
    pytorch: pytorch(2, torch),
    'pytorch-1-thread': pytorch(1, torch),
  };
  return names.map((name) => entrants[name]);
}
