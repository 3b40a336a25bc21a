import { Random } from '../../../src/base/random.ts';
import type { Input } from './opCase.ts';

/** Normal values times `scale` plus `offset`, the same for the same name. */
export function normalInput(name: string, shape: number[], scale = 1, offset = 0): Input {
  const random = new Random(7, name, ...shape);
  const length = shape.reduce((product, size) => product * size, 1);
  return { shape, values: Float32Array.from({ length }, () => random.normal() * scale + offset) };
}

/** The same input with some values, by place, replaced. */
export function planted(input: Input, outliers: Readonly<Record<number, number>>): Input {
  const values = input.values.slice();
  for (const [place, value] of Object.entries(outliers)) values[Number(place)] = value;
  return { ...input, values };
}
