/** Presets on samples with several members. */
import type { Preset } from './preset.ts';
import { startOf } from './startOf.ts';

/** Three encoders at a time, each of them small. */
const SMALL = { 'model.width': 48, 'model.depth': 2, 'model.heads': 4 } as const;

export const PAIR_PRESETS = {
  'contrastive-pairs': {
    label: 'Paired digits, contrastive',
    group: 'pairs',
    help: 'A picture, a sound and a caption of one digit find each other: three encoders share a space.',
    settings: { ...startOf('contrastive', 'pair'), ...SMALL, 'data.dataset': 'pairs' },
  },
  'contrastive-star': {
    label: 'Paired digits, through pictures',
    group: 'pairs',
    help: 'Sounds and captions meet pictures only, and yet each other: as ImageBind does it.',
    settings: { ...startOf('contrastive', 'pair'), ...SMALL, 'data.dataset': 'pairs', 'contrastive.pairs': 'through-pictures' },
  },
  'masd-before': {
    label: 'Paired digits, read out before the projection',
    group: 'pairs',
    help: 'Labels are learned in spaces that nothing aligned: other senses fail there, until MASD teaches them.',
    settings: { ...startOf('contrastive', 'pair'), ...SMALL, 'data.dataset': 'pairs', 'contrastive.readout': 'before' },
  },
  'masd-early': {
    label: 'Paired digits, 400 steps',
    group: 'pairs',
    help: 'Stopped early, half aligned: closest to what the paper saw.',
    settings: { ...startOf('contrastive', 'pair'), ...SMALL, 'data.dataset': 'pairs', 'optimiser.steps': 400 },
  },
  'mae-pairs': {
    label: 'Paired digits, multimodal MAE',
    group: 'pairs',
    help: 'Parts of all three are removed and painted from what is left of all: good features, and no common space.',
    settings: { ...startOf('multimodalMae', 'pair'), ...SMALL, 'data.dataset': 'pairs' },
  },
} as const satisfies Record<string, Preset>;
