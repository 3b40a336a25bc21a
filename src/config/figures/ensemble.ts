/** Runs of a card that are fine-tuned on the same labels, each a point of its own: what they are together follows from their answers. */
import { fineTuneConfig } from '../fineTune.ts';
import { takeSettings } from '../readConfig.ts';
import type { RunConfig } from '../run.ts';
import { withSetting } from '../settings.ts';
import type { SweepPoint } from '../sweep/points.ts';
import { twinSeed } from '../twinSeed.ts';
import type { EnsembleMember, EnsemblePart } from './card.ts';

/** Where a number of an ensemble's part stands: the name of a member, or of several together (`ensembleName`). */
export const CONTENDER = 'contender';

/** "MP3 + MAE". */
export function ensembleName(members: readonly string[]): string {
  return members.join(' + ');
}

/** Every member with every seed, one seed after the other. */
export function ensemblePoints({ members, labels, seeds }: Pick<EnsemblePart, 'members' | 'labels' | 'seeds'>): SweepPoint[] {
  return seeds.flatMap((seed) =>
    members.map((member): SweepPoint => {
      const pretraining = pretrainingOf(member, seed);
      const { config } = takeSettings(fineTuneConfig(pretraining, {}), Object.entries(labels));
      const withLabels = withSetting(config, 'optimiser.seed', seed);
      return { at: { [CONTENDER]: member.name }, seed, pretraining, withLabels, measures: ['finetune'], answers: true };
    }),
  );
}

/** The run that pretrains a member beside labels of a seed. */
function pretrainingOf({ pretraining, twin }: EnsembleMember, seed: number): RunConfig {
  return withSetting(pretraining, 'optimiser.seed', twin === undefined ? seed : twinSeed(seed, twin));
}
