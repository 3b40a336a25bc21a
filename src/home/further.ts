/** The run goes on elsewhere: on a graphics card under PyTorch, or on many. */

import { modalityFacts, modalityOf } from '../config/modalities.ts';
import type { ObjectiveName } from '../config/objectives.ts';
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

const GOES_ON = 'The run goes on in Patchwork: in the page, or with "train --resume".';
const OWN_LOOP = 'For a training loop of your own, modeling_patchwork.py of "Take home" has the model in PyTorch.';
const FINE_TUNE =
  'With labels, PyTorch programs fine-tune the folders timm/ and transformers/ of "Take home", or the model in modeling_patchwork.py.';

/** Why `train_patchwork.py` cannot go on with such a run, and what can be done instead; undefined where it can. It says the same by itself. */
export function whyNotFurther(config: RunConfig): string | undefined {
  if (config.task.objective === 'supervised') return `Training with labels does not go on in PyTorch. ${GOES_ON} ${FINE_TUNE}`;
  const reason = reasonOf(config);
  return reason && `${reason} ${GOES_ON} ${OWN_LOOP}`;
}

const ON_OTHERS = 'Only runs on pictures or on sounds go on in PyTorch, and this one reads';
const GOING_ON: readonly ObjectiveName[] = ['mp3', 'mae', 'simmim', 'data2vec'];

function reasonOf(config: RunConfig): string | undefined {
  const { task, mae, mp3, picture, sound } = config;
  const { ids, members } = modalityFacts(config);
  if (ids !== undefined) return `${ON_OTHERS} texts.`;
  if (members !== undefined) return `${ON_OTHERS} several senses of a sample.`;
  if (!GOING_ON.includes(task.objective)) {
    return 'Only MP3, JigsawViT, MAE, SimMIM and data2vec 2.0 go on in PyTorch. Of self-distillation each phase is a run that starts from the one before.';
  }
  if (task.objective === 'mae' && mae.mask !== 'random')
    return 'MAE goes on in PyTorch with scattered masks only, not with blocks.';
  if (task.objective === 'mae' && (mae.target === 'pca' || mae.target === 'tokens'))
    return 'MAE goes on in PyTorch with pixels as its target only: what PCA and code book learned from patches is not in the file.';
  if (task.objective === 'mae' && mae.encoderSees === 'all')
    return 'MAE goes on in PyTorch with an encoder that sees kept patches alone, not mask tokens.';
  if (modalityOf(config) === 'picture' && picture.brightness + picture.contrast + picture.saturation > 0)
    return 'Pictures of changed colours (brightness, contrast, saturation) are not drawn in PyTorch.';
  if (task.objective === 'mp3' && mp3.masked === 'positions')
    return 'DropPos does not go on in PyTorch: only MP3 and JigsawViT do.';
  if (modalityOf(config) === 'sound' && sound.features !== 'log-mel')
    return 'Sounds go on in PyTorch as log-mel bands, not as MFCC.';
  return undefined;
}
