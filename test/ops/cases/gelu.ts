import { erf, geluReference } from '../../../src/ops/gelu.reference.ts';
import { gelu } from '../../../src/ops/gelu.ts';
import { normalInput, planted } from '../support/inputs.ts';
import type { Input, OpCase } from '../support/opCase.ts';

function geluCase(name: string, input: Input): OpCase {
  return {
    name,
    inputs: [input],
    op: (x) => gelu(x),
    reference: geluReference,
    derivative: (upstream, x) => [x.map((value, i) => upstream[i] * derivative(value))],
    // tfjs's erf is exact to 1.5e-7 absolute (Abramowitz & Stegun 7.1.26), whatever it is multiplied with.
    tolerance: { absolute: 1e-5, relative: 1e-6 },
  };
}

/** Phi(x) + x phi(x). */
function derivative(x: number): number {
  return 0.5 * (1 + erf(x * Math.SQRT1_2)) + (x * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI);
}

const grid = Float32Array.from({ length: 1201 }, (_, i) => (i - 600) / 20);

export const geluCases: OpCase[] = [
  ...[1, 3, 17, 65].map((size) => geluCase(`${size} values`, normalInput('gelu', [size]))),
  geluCase('a batch', normalInput('gelu', [3, 5, 7], 2)),
  geluCase('-30 to 30', { shape: [1201], values: grid }),
  geluCase('outliers', planted(normalInput('gelu', [2, 9]), { 0: 1e4, 5: -1e4, 9: 0, 10: -0, 13: 1e-30, 17: -13.5 })),
];
