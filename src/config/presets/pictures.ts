/** Presets on pictures. */
import { OBJECTIVE_FACTS } from '../objectives.ts';
import type { Preset, WantedFiles } from './preset.ts';

const CIFAR: WantedFiles = {
  name: 'CIFAR-10',
  what: 'CIFAR-10 binary version',
  address: 'https://www.cs.toronto.edu/~kriz/cifar.html',
};

export const PICTURE_PRESETS = {
  'mp3-scenes': {
    label: 'Scenes, 16 pieces',
    group: 'puzzles',
    help: 'The default: colour scenes, all patches in the context.',
    settings: {},
  },
  'mp3-masked': {
    label: 'Scenes, masked',
    group: 'puzzles',
    help: 'Only a quarter of the patches are context: slower, but robust to any mask ratio.',
    settings: { 'task.maskRatio': 0.75 },
  },
  'mp3-faces': {
    label: 'Faces, 16 pieces',
    group: 'puzzles',
    help: 'Drawn faces: eyes above mouths, hair on top.',
    settings: { 'data.dataset': 'faces' },
  },
  'mp3-digits': {
    label: 'Digits, 16 pieces',
    group: 'puzzles',
    help: 'Drawn strokes; empty corners look alike, so accuracy has a ceiling below 100 %.',
    settings: { 'data.dataset': 'digits', 'picture.flip': false },
  },
  'mp3-64-pieces': {
    label: 'Scenes, 64 pieces',
    group: 'puzzles',
    help: 'Four times the pieces: needs a wider, deeper model and patience.',
    settings: { 'picture.patch': 4, 'model.width': 192, 'model.depth': 6, 'model.heads': 6, 'optimiser.steps': 8000 },
  },
  'mp3-cifar': {
    label: 'CIFAR-10, 16 pieces',
    group: 'cifar',
    wants: CIFAR,
    help: 'Photographs as puzzles, from CIFAR-10 files that you bring; docs/results.md has its numbers.',
    settings: { 'data.dataset': 'files', 'model.width': 128 },
  },
  'mp3-droppos': {
    label: 'Scenes, DropPos',
    group: 'puzzles',
    help: 'A quarter of the patches stay, a quarter of those keep their position; the others are asked for theirs.',
    settings: { 'mp3.masked': 'positions', 'task.maskRatio': 0.75, 'picture.patch': 4 },
  },
  'mae-scenes': {
    label: 'Scenes, MAE',
    group: 'painting',
    help: 'Three quarters of the patches are removed; a light decoder paints them.',
    settings: { 'task.objective': 'mae', ...OBJECTIVE_FACTS.mae.start, 'optimiser.steps': 2000 },
  },
  'mae-cifar': {
    label: 'CIFAR-10, MAE',
    group: 'cifar',
    wants: CIFAR,
    help: 'The same photographs, painted; from CIFAR-10 files that you bring.',
    settings: {
      'task.objective': 'mae',
      ...OBJECTIVE_FACTS.mae.start,
      'data.dataset': 'files',
      'model.width': 128,
      'optimiser.steps': 1000,
    },
  },
  'simmim-scenes': {
    label: 'Scenes, SimMIM',
    group: 'painting',
    help: 'Mask tokens enter the encoder, as in BERT: dearer a step than MAE, and no decoder.',
    settings: { 'task.objective': 'simmim', ...OBJECTIVE_FACTS.simmim.start, 'optimiser.steps': 2000 },
  },
  'data2vec-scenes': {
    label: 'Scenes, data2vec 2.0',
    group: 'teachers',
    help: 'Students that see a quarter of a picture predict what their own average makes of the whole.',
    settings: { 'task.objective': 'data2vec', ...OBJECTIVE_FACTS.data2vec.start, 'optimiser.steps': 2000 },
  },
  'data2vec-cifar': {
    label: 'CIFAR-10, data2vec 2.0',
    group: 'cifar',
    wants: CIFAR,
    help: 'The same photographs, predicted as a teacher sees them; from CIFAR-10 files that you bring.',
    settings: {
      'task.objective': 'data2vec',
      ...OBJECTIVE_FACTS.data2vec.start,
      'data2vec.scaleAverage': false,
      'data.dataset': 'files',
      'model.width': 128,
      'optimiser.steps': 600,
    },
  },
  'distillation-scenes': {
    label: 'Faces to Scenes, self-distillation',
    group: 'teachers',
    help: 'Pretrained on faces, further pretrained on scenes, then a student that starts over and learns from both.',
    settings: { 'task.objective': 'selfDistillation', ...OBJECTIVE_FACTS.selfDistillation.start },
  },
  'labels-scenes': {
    label: 'Scenes, with labels',
    group: 'labels',
    help: 'Supervised training from scratch: what pretraining is compared with.',
    settings: { 'task.objective': 'supervised', ...OBJECTIVE_FACTS.supervised.start },
  },
} as const satisfies Record<string, Preset>;
