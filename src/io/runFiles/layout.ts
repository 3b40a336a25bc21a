import { crc32 } from '../../base/crc32.ts';
import type { Placement } from '../../model/parameters.ts';

/** Of the names and shapes of parameters in their order: flat vectors of another layout must not be mixed up with these. */
export function layoutOf(placements: readonly Placement[]): number {
  const names = placements.map(({ spec: { name, shape } }) => `${name} ${shape.join('x')}`);
  return crc32(new TextEncoder().encode(names.join('\n')));
}
