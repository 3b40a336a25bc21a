/** What of a model paints hidden places, if anything does. */
import { bertPainter } from '../objectives/bert.ts';
import { decoderOf, maePainter } from '../objectives/mae.ts';
import { maeWordPainter } from '../objectives/maeWords.ts';
import type { Painter } from '../objectives/painter.ts';
import { simmimPainter } from '../objectives/simmim.ts';
import type { WordPainter } from '../objectives/words.ts';
import type { HomeModel } from './part.ts';

/** Of numbers. */
export function painterOf({ config, objective: { spec, senses } }: HomeModel): Painter | undefined {
  if (spec.vocabulary !== undefined || senses !== undefined) return undefined;
  switch (config.task.objective) {
    case 'mae':
    case 'selfDistillation':
      return maePainter(spec, decoderOf(config), config.mae);
    case 'simmim':
      return simmimPainter(spec, config.simmim.maskUnit);
    default:
      return undefined;
  }
}

export function wordPainterOf({ config, objective: { spec, senses } }: HomeModel): WordPainter | undefined {
  if (spec.vocabulary === undefined || senses !== undefined) return undefined;
  switch (config.task.objective) {
    case 'mae':
      return maeWordPainter(spec, decoderOf(config));
    case 'simmim':
    case 'selfDistillation':
      return bertPainter(spec, 'mask');
    default:
      return undefined;
  }
}
