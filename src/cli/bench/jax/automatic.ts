/** jax-js as its users write it: `valueAndGrad` and AdamW over trees of parameters, inside one `jit`. */
import { jit, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import type { Entrant } from '../../../bench/contender.ts';
import { contextOf, decays, namedValues, notPlainMp3, type Problem } from '../../../bench/problem.ts';
import { ADAMW } from '../../../ops/adamw.ts';
import { enterJax, type JaxStep, jaxArray } from './enter.ts';
import { meanLoss, type Tree } from './model.ts';
import { JaxProduct } from './product.ts';

export const jaxAutomatic: Entrant = {
  name: 'jax-js',
  refuses: notPlainMp3,
  async enter(problem, backend) {
    const contender = await enterJax(problem, backend, () => automaticStep(problem));
    const product = new JaxProduct(backend);
    return {
      ...contender,
      multiply: (side) => product.run(side),
      dispose() {
        product.dispose();
        contender.dispose();
      },
    };
  },
};

function automaticStep(problem: Problem): JaxStep {
  const update = jit(makeUpdate(problem));
  const values = namedValues(problem, problem.weights);
  const named = (make: (name: string, shape: number[]) => np.Array): Tree =>
    Object.fromEntries(problem.placements.map(({ spec }) => [spec.name, make(spec.name, [...spec.shape])]));
  let weights = named((name, shape) => jaxArray(values[name], shape));
  let first = named((_name, shape) => np.zeros(shape));
  let second = named((_name, shape) => np.zeros(shape));
  return {
    step(patches, order, rates) {
      let loss: np.Array;
      [weights, first, second, loss] = update(weights, first, second, patches, order, rates);
      return loss;
    },
    state: () => [weights, first, second],
    dispose() {
      tree.dispose([weights, first, second]);
      update.dispose();
    },
  };
}

function makeUpdate(problem: Problem) {
  const { beta1, beta2, epsilon } = ADAMW;
  const { clip } = problem.config.optimiser;
  const context = contextOf(problem);
  const loss = (weights: Tree, patches: np.Array, order: np.Array): np.Array =>
    meanLoss(problem.spec, context, weights, patches, order);

  return (
    weights: Tree,
    first: Tree,
    second: Tree,
    patches: np.Array,
    order: np.Array,
    rates: np.Array,
  ): [Tree, Tree, Tree, np.Array] => {
    const [value, gradients] = valueAndGrad(loss)(tree.ref(weights), patches, order);
    const squares = Object.values(gradients).map((gradient) => np.square(gradient.ref).sum());
    const norm = np.sqrt(squares.reduce((sum, square) => sum.add(square)));
    const scale = np.minimum(np.trueDivide(clip, norm.add(1e-6)), 1);
    const [rate, decayRate, firstCorrection, secondCorrection] = rates;
    const next: [Tree, Tree, Tree] = [{}, {}, {}];
    for (const placement of problem.placements) {
      const { name } = placement.spec;
      const gradient = gradients[name].mul(scale.ref);
      const m = first[name].mul(beta1).add(gradient.ref.mul(1 - beta1));
      const v = second[name].mul(beta2).add(np.square(gradient).mul(1 - beta2));
      const denominator = np.sqrt(v.ref.mul(secondCorrection.ref)).add(epsilon);
      const change = m.ref.mul(firstCorrection.ref).div(denominator).mul(rate.ref);
      const kept = decays(placement) ? weights[name].mul(np.subtract(1, decayRate.ref)) : weights[name];
      [next[0][name], next[1][name], next[2][name]] = [kept.sub(change), m, v];
    }
    tree.dispose([scale, rate, decayRate, firstCorrection, secondCorrection]);
    return [...next, value];
  };
}
