/** The run goes on elsewhere: on a graphics card under PyTorch, or on many. */

import { modalityFacts } from '../config/modalities.ts';
import { factsOf } from '../config/objectives.ts';
import type { RunConfig } from '../config/run.ts';
import type { HomeModel, HomePart } from './part.ts';
import training from './python/train_patchwork.py?raw';

export const further: HomePart = {
  id: 'further',
  label: 'Training in PyTorch',
  help: 'Goes on from a run that was saved whole, on one device or on many, with a folder of pictures or sounds; Patchwork opens what it writes.',
  path: ['train_patchwork.py'],
  refusal: ({ config }: HomeModel) => whyNotFurther(config),
  build: () => [{ path: 'train_patchwork.py', bytes: new TextEncoder().encode(training) }],
};

/** Why `train_patchwork.py` cannot go on with such a run, in a sentence; undefined where it can. It refuses the same by itself. */
export function whyNotFurther(config: RunConfig): string | undefined {
  const { objective } = config.task;
  const { ids, members } = modalityFacts(config);
  if (ids !== undefined || members !== undefined) return 'Only runs on pictures alone, or on sounds alone, go on in PyTorch.';
  if (objective === 'mae' && config.mae.mask !== 'random') return 'MAE goes on in PyTorch with scattered masks only.';
  if (objective === 'mp3' && config.mp3.masked === 'positions') return 'DropPos does not go on in PyTorch.';
  if (objective === 'mp3' || objective === 'mae' || objective === 'simmim' || objective === 'data2vec') return undefined;
  return `${factsOf(config).title} does not go on in PyTorch: only MP3, MAE, SimMIM and data2vec 2.0 do.`;
}
