/** jax-js in the fastest form that we could give it: flat parameters, a hand-written backward pass, AdamW on one vector. */
import { jit, numpy as np, tree } from '@jax-js/jax';
import type { Entrant } from '../../../bench/contender.ts';
import { contextOf, decays, notPlainMp3, type Problem } from '../../../bench/problem.ts';
import { ADAMW } from '../../../ops/adamw.ts';
import { enterJax, type JaxStep, jaxArray } from './enter.ts';
import { FlatWeights } from './flat.ts';
import { handLoss } from './handModel.ts';

export const jaxByHand: Entrant = {
  name: 'jax-js by hand',
  refuses: notPlainMp3,
  enter: (problem, backend) => enterJax(problem, backend, () => handStep(problem)),
};

function handStep(problem: Problem): JaxStep {
  const update = jit(makeUpdate(problem));
  const { length } = problem.weights;
  const decay = jaxArray(decayMask(problem), [length]);
  let weights = jaxArray(problem.weights, [length]);
  let first = np.zeros([length]);
  let second = np.zeros([length]);
  return {
    step(patches, order, rates) {
      let loss: np.Array;
      [weights, first, second, loss] = update(weights, first, second, decay.ref, patches, order, rates);
      return loss;
    },
    state: () => [weights, first, second],
    dispose() {
      tree.dispose([weights, first, second, decay]);
      update.dispose();
    },
  };
}

function decayMask({ placements, weights }: Problem): Float32Array {
  const mask = new Float32Array(weights.length);
  for (const placement of placements) mask.fill(decays(placement) ? 1 : 0, placement.offset, placement.offset + placement.length);
  return mask;
}

function makeUpdate(problem: Problem) {
  const { spec, placements, config } = problem;
  const { beta1, beta2, epsilon } = ADAMW;
  const shape = { spec, batch: config.optimiser.batch, context: contextOf(problem) };

  return (
    weights: np.Array,
    first: np.Array,
    second: np.Array,
    decay: np.Array,
    patches: np.Array,
    order: np.Array,
    rates: np.Array,
  ): [np.Array, np.Array, np.Array, np.Array] => {
    const views = new FlatWeights(placements, weights.ref);
    const loss = handLoss(shape, views, patches, order);
    const gradient = views.flatGradient();
    views.dispose();
    const norm = np.sqrt(np.square(gradient.ref).sum());
    const clipped = gradient.mul(np.minimum(np.trueDivide(config.optimiser.clip, norm.add(1e-6)), 1));
    const [rate, decayRate, firstCorrection, secondCorrection] = rates;
    const m = first.mul(beta1).add(clipped.ref.mul(1 - beta1));
    const v = second.mul(beta2).add(np.square(clipped).mul(1 - beta2));
    const denominator = np.sqrt(v.ref.mul(secondCorrection)).add(epsilon);
    const change = m.ref.mul(firstCorrection).div(denominator).mul(rate);
    return [weights.mul(np.subtract(1, decay.mul(decayRate))).sub(change), m, v, loss];
  };
}
