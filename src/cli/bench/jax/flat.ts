/** Parameters of the hand-written form: slices of one flat vector, and gradients that are put together into another. */
import { numpy as np } from '@jax-js/jax';
import type { Placement } from '../../../model/parameters.ts';

/**
 * Arrays that are put together at once. jax-js 0.1.25 compiles for ever when one kernel would need more inputs than the device
 * binds (8 on WebGPU, the output included).
 */
const MOST_INPUTS = 6;

export class FlatWeights {
  private readonly places: ReadonlyMap<string, Placement>;
  private readonly gradients = new Map<string, np.Array>();

  /** @param flat (total), consumed by `dispose` */
  constructor(
    private readonly placements: readonly Placement[],
    private readonly flat: np.Array,
  ) {
    this.places = new Map(placements.map((placement) => [placement.spec.name, placement]));
  }

  /** A parameter, to be consumed by the caller. */
  get(name: string): np.Array {
    const place = this.places.get(name);
    if (place === undefined) throw new Error(`there is no parameter ${name}`);
    return this.flat.ref.slice([place.offset, place.offset + place.length]).reshape([...place.spec.shape]);
  }

  /** Keeps the gradient of a parameter; consumes it. */
  setGradient(name: string, gradient: np.Array): void {
    this.gradients.set(name, gradient.reshape([-1]));
  }

  /** (total) all gradients in the parameters' order. */
  flatGradient(): np.Array {
    let pieces = this.placements.map(({ spec }) => {
      const gradient = this.gradients.get(spec.name);
      if (gradient === undefined) throw new Error(`there is no gradient for ${spec.name}`);
      return gradient;
    });
    while (pieces.length > 1) {
      const groups = Math.ceil(pieces.length / MOST_INPUTS);
      pieces = Array.from({ length: groups }, (_, i) => np.concatenate(pieces.slice(i * MOST_INPUTS, (i + 1) * MOST_INPUTS)));
    }
    return pieces[0];
  }

  dispose(): void {
    this.flat.dispose();
  }
}
