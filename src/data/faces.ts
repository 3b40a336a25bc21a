/** Faces: people, animals and other beings, drawn in front of a backdrop. */
import type { Random } from '../base/random.ts';
import { Canvas } from './drawing/canvas.ts';
import { finished } from './drawing/finish.ts';
import type { PictureSource } from './drawing/source.ts';
import { bear, cat, dog, fox, owl, rabbit } from './faces/animals.ts';
import { paintBackdrop } from './faces/backdrop.ts';
import { alien, robot } from './faces/beings.ts';
import { person } from './faces/people.ts';

interface Face {
  label: string;
  /** Draws around (0, 0); the head is about one unit in radius. */
  draw(canvas: Canvas, random: Random): void;
}

const FACES: readonly Face[] = [
  { label: 'alien', draw: alien },
  { label: 'bear', draw: bear },
  { label: 'cat', draw: cat },
  { label: 'curly hair', draw: person('curly') },
  { label: 'dog', draw: dog },
  { label: 'fox', draw: fox },
  { label: 'hat', draw: person('hat') },
  { label: 'long hair', draw: person('long') },
  { label: 'owl', draw: owl },
  { label: 'rabbit', draw: rabbit },
  { label: 'robot', draw: robot },
  { label: 'short hair', draw: person('short') },
];

export const faces: PictureSource = {
  channels: 3,
  classes: FACES.map((face) => face.label),
  draw(size, random) {
    const label = random.below(FACES.length);
    const canvas = Canvas.blank(size);
    paintBackdrop(canvas, random);
    const mirror = random.uniform() < 0.5;
    const place = {
      x: random.between(0.38, 0.62),
      y: random.between(0.44, 0.6),
      scale: random.between(0.27, 0.4),
      turn: random.between(-0.035, 0.035),
      mirror,
    };
    FACES[label]?.draw(canvas.placed(place), random);
    return { pixels: finished(canvas, random, 3, mirror ? -1 : 1), label };
  },
};
