/** Scenes: colour landscapes, towns, seas and skies, each seen through a window of its own. */
import type { Random } from '../base/random.ts';
import { Canvas } from './drawing/canvas.ts';
import { finished } from './drawing/finish.ts';
import type { PictureSource } from './drawing/source.ts';
import { beach } from './scenes/beach.ts';
import { city, cityAtNight } from './scenes/city.ts';
import { desert } from './scenes/desert.ts';
import { farm } from './scenes/farm.ts';
import { forest } from './scenes/forest.ts';
import { lake } from './scenes/lake.ts';
import { meadow } from './scenes/meadow.ts';
import { mountains } from './scenes/mountains.ts';
import { space } from './scenes/space.ts';
import { underwater } from './scenes/underwater.ts';
import { snowyVillage } from './scenes/village.ts';

interface Scene {
  label: string;
  draw(canvas: Canvas, random: Random): void;
}

const SCENES: readonly Scene[] = [
  { label: 'beach', draw: beach },
  { label: 'city', draw: city },
  { label: 'city at night', draw: cityAtNight },
  { label: 'desert', draw: desert },
  { label: 'farm', draw: farm },
  { label: 'forest', draw: forest },
  { label: 'lake', draw: lake },
  { label: 'meadow', draw: meadow },
  { label: 'mountains', draw: mountains },
  { label: 'snowy village', draw: snowyVillage },
  { label: 'space', draw: space },
  { label: 'underwater', draw: underwater },
];

/** A window on a world: horizon anywhere in the middle, near or far, mirrored or not, so that no colour names its row. */
function framed(canvas: Canvas, random: Random, mirror: boolean): Canvas {
  return canvas.placed({
    x: random.between(0.35, 0.65),
    y: random.between(0.28, 0.68),
    scale: 1 / random.between(0.72, 1.15),
    mirror,
  });
}

export const scenes: PictureSource = {
  channels: 3,
  classes: SCENES.map((scene) => scene.label),
  draw(size, random) {
    const label = random.below(SCENES.length);
    const canvas = Canvas.blank(size);
    const mirror = random.uniform() < 0.5;
    SCENES[label]?.draw(framed(canvas, random, mirror), random);
    return { pixels: finished(canvas, random, 3, mirror ? -1 : 1), label };
  },
};
