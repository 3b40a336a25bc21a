import { crc32 } from '../../base/crc32.ts';
import type { Placement } from '../../model/parameters.ts';

/** A line for each parameter in the order of the flat vectors, name and shape: "norm.weight 32". */
export function listParameters(placements: readonly Placement[]): string {
  return placements.map(({ spec: { name, shape } }) => `${name} ${shape.join('x')}`).join('\n');
}

/** Of names and shapes of parameters in their order: flat vectors of another layout must not be mixed up with these. */
export function layoutOf(placements: readonly Placement[]): number {
  return layoutOfList(listParameters(placements));
}

export function layoutOfList(list: string): number {
  return crc32(new TextEncoder().encode(list));
}
