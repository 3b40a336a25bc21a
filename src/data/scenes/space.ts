import type { Random } from '../../base/random.ts';
import type { Canvas } from '../drawing/canvas.ts';
import { brighten, type Colour, clamp01, hex, mix, palette, putMix, smoothstep, vary } from '../drawing/colour.ts';
import { LIGHT_SIDE, type Mood } from '../drawing/mood.ts';
import { noiseField } from '../drawing/noise.ts';
import { circle, ellipse, ring } from '../drawing/shapes.ts';
import { paintStars } from '../drawing/sky.ts';
import { rocket } from '../drawing/vehicles.ts';
import { hills, paintHill } from './ground.ts';

const NIGHT = hex('#0b0d22');
const GASES = palette('#7a3f9a', '#2f6fa8', '#a83f6a', '#2f8a7a', '#4a4ab0');
const EMBERS = palette('#e08a5a', '#4fb0d0', '#d05fa0', '#e0c46a');
const SURFACES: readonly (readonly [Colour, Colour])[] = [
  [hex('#e0a868'), hex('#a8643f')],
  [hex('#4f8fd0'), hex('#5fa86a')],
  [hex('#d06a5a'), hex('#7a3040')],
  [hex('#8ad0c9'), hex('#3f6f9a')],
  [hex('#d9c9a8'), hex('#9a7a9a')],
];
const REGOLITH = palette('#a8a4a8', '#b08a78', '#8a90a8');
const WHITE: Colour = [1, 1, 1];
const BLACK: Colour = [0, 0, 0];
/** Sunlight without air: no haze, deep shadows. */
const SUNLIGHT: Mood = {
  zenith: BLACK,
  horizon: BLACK,
  haze: BLACK,
  light: [1, 0.98, 0.94],
  shade: [0.2, 0.2, 0.3],
  cloud: WHITE,
  sun: WHITE,
  side: LIGHT_SIDE,
};

/** Planets before a nebula, sometimes seen from a moon, sometimes with a rocket. */
export function space(canvas: Canvas, random: Random): void {
  paintNebula(canvas, random);
  paintStars(canvas, random, 36, 0.8);
  const big = random.between(0.18, 0.34);
  planet(
    canvas.placed({
      x: random.between(-0.35, 0.35),
      y: random.between(-0.4, 0.2),
      scale: big,
      turn: random.between(-0.08, 0.08),
    }),
    random,
  );
  if (random.uniform() < 0.7)
    planet(
      canvas.placed({ x: random.between(-0.45, 0.45), y: random.between(-0.5, 0.3), scale: big * random.between(0.2, 0.4) }),
      random,
    );
  if (random.uniform() < 0.55) paintMoonscape(canvas, random);
  if (random.uniform() < 0.5) {
    rocket(
      canvas.placed({
        x: random.between(-0.4, 0.4),
        y: random.between(-0.3, 0.15),
        scale: random.between(0.2, 0.32),
        turn: random.between(-0.2, 0.2),
      }),
      random,
    );
  }
}

function paintNebula(canvas: Canvas, random: Random): void {
  const clouds = noiseField(random, 1.9, 4);
  const wisps = noiseField(random, 2.6, 3);
  const night = vary(random, NIGHT, 0.02);
  const gas = random.pick(GASES);
  const ember = random.pick(EMBERS);
  const slope = random.between(-0.5, 0.5);
  canvas.fillAll((spot) => {
    const { x, y } = spot;
    const wisp = wisps(x, y);
    const band = clamp01(1 - 1.4 * Math.abs(y - slope * x + 0.3 * wisp));
    const dense = clamp01(0.25 + 0.9 * clouds(x, y)) * (0.35 + 0.75 * band);
    const warm = 1.2 * clamp01(0.1 + wisp) * dense;
    spot.red = night[0] + gas[0] * dense + ember[0] * warm;
    spot.green = night[1] + gas[1] * dense + ember[1] * warm;
    spot.blue = night[2] + gas[2] * dense + ember[2] * warm;
  });
}

/** A planet of radius 1 with cloud bands or continents, lit from one side, sometimes ringed. */
function planet(canvas: Canvas, random: Random): void {
  const [a, b] = random.pick(SURFACES);
  const banded = random.uniform() < 0.6;
  const surface = banded ? noiseField(random, 2.6, 3, 6) : noiseField(random, 1.6, 3);
  const sag = banded ? 0.06 : 0;
  const ringed = random.uniform() < 0.5;
  const dust = mix(a, WHITE, 0.3);
  canvas.glow(0, 0, 1.6, 1.6, a, 0.5);
  if (ringed) canvas.fill(ring(0, 0, 1.8, 0.42, 0.7), dust, 0.75);
  canvas.fill(circle(0, 0, 1), (spot) => {
    const { x, y } = spot;
    const bulge = Math.sqrt(Math.max(0, 1 - x * x - y * y));
    const light = clamp01(0.15 + 0.6 * LIGHT_SIDE * x - 0.35 * y + 0.55 * bulge);
    putMix(spot, a, b, smoothstep(-0.3, 0.3, surface(x, y + sag * x * x)), 0.12 + 1.05 * light);
  });
  if (ringed) canvas.fill(ring(0, 0, 1.8, 0.42, 0.7, false), dust, 0.9);
}

/** Cratered ground along the bottom. */
function paintMoonscape(canvas: Canvas, random: Random): void {
  const ground = hills(random, random.between(0.18, 0.3), 0.05, 1.4);
  const dust = vary(random, random.pick(REGOLITH), 0.04);
  paintHill(canvas, random, SUNLIGHT, ground, dust, { grain: 0.24 });
  const rim = brighten(dust, 1.25);
  const pit = brighten(dust, 0.45);
  const [left, , right] = canvas.view;
  for (let i = 0; i < 7; i++) {
    const x = random.between(left, right);
    const down = random.between(0.03, 0.4);
    const radius = (0.02 + 0.13 * down) * random.between(0.7, 1.4);
    canvas.fill(ellipse(x, ground(x) + down, radius, radius * 0.4), rim);
    canvas.fill(ellipse(x + LIGHT_SIDE * radius * 0.12, ground(x) + down + radius * 0.05, radius * 0.85, radius * 0.32), pit);
  }
}
