import { projectMars } from '../../ops/mars.ts';
import type { Regulariser } from '../regulariser.ts';

/**
 * MARS-SP (Gouk, Hospedales & Pontil 2021, sections 3 and 4): after every update each pretrained matrix is brought back into a ball around
 * its start, in the distance of the maximum absolute row sum (`ops/mars.ts`). Biases, norms, positions and tables, which are no matrices of
 * a linear map, and the new head are free.
 *
 * @param radius more than 0
 */
export function mars(radius: number): Regulariser {
  return {
    needsStart: true,
    passes: 0,
    numbers: () => Float32Array.of(radius),
    afterUpdate: ({ parameters, halted }, { start, matrices }, numbers) =>
      projectMars(parameters, start, matrices, numbers, halted),
  };
}
