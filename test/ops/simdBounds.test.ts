/** The SIMD kernels share tfjs's heap: one float read or written beyond a tensor is somebody else's. */
import { describe, expect, it } from 'vitest';
import modules from '../../src/ops/simd/assembly/kernels.ts?assemblyscript';
import type { SimdExports } from '../../src/ops/simd/exports.ts';
import { gatherCases, groupedConvCases, infoNceCases, regulariserCases, rowsCases } from './cases/simdBounds.ts';
import type { BoundsCase } from './support/bounds.ts';

const PAGES = 2;
const PAGE_BYTES = 65_536;
const GUARD_BYTES = 64;
const FIRST_BYTE = 1024;
/** As a float 0.747, so that what is written differs from what was there. */
const FILLER = 0x3f;
const ROWS = 3;

function cases(wasm: SimdExports): BoundsCase[] {
  const elementwise = [1, 2, 3, 5, 7, 9, 11].flatMap((n): BoundsCase[] => [
    { name: `gelu ${n}`, tensors: [n, n], written: [1], run: (wasm, [x, y]) => wasm.gelu(x, y, 0, n, 0) },
    { name: `geluGrad ${n}`, tensors: [n, n, n], written: [2], run: (wasm, [x, dy, dx]) => wasm.geluGrad(x, dy, dx, 0, n, 0) },
    {
      name: `sumOfSquares ${n}`,
      tensors: [n, n, 2],
      written: [2],
      run: (wasm, [x, rate, partials]) => wasm.sumOfSquares(x, rate, partials, n, 0, 1, 0),
    },
    {
      name: `adamW ${n}`,
      tensors: [n, n, n, n, n, n, 1, 9, 1],
      written: [0, 1, 2, 8],
      run: (wasm, [p, m, v, decay, rate, g, norm, hyper, halted], memory) => {
        new Float32Array(memory.buffer, halted, 1).fill(0);
        wasm.adamW(p, m, v, decay, rate, g, norm, hyper, halted, 1e-8, 0, n, 0);
      },
    },
    {
      name: `gradientNorm ${n}`,
      tensors: [2 * n, 1, 1],
      written: [1, 2],
      run: (wasm, [partials, norm, halted], memory) => {
        new Float64Array(memory.buffer, partials, n).fill(Number.POSITIVE_INFINITY);
        wasm.gradientNorm(partials, n, norm, halted, 0, 1, 0);
        new Uint8Array(memory.buffer, partials, 8 * n).fill(FILLER);
      },
    },
    {
      name: `dropout ${n}`,
      tensors: [n, 2, n],
      written: [2],
      run: (wasm, [x, key, y]) => wasm.dropout(x, key, y, 1, 2, 2 ** 30, 2, 0, n, 0),
    },
    {
      name: `ema ${n}`,
      tensors: [n, n, 1],
      written: [0],
      run: (wasm, [average, values, rate], memory) => {
        new Float32Array(memory.buffer, values, n).fill(5);
        wasm.ema(average, values, rate, 0, n, 0);
        new Uint8Array(memory.buffer, values, 4 * n).fill(FILLER);
      },
    },
    {
      name: `meanOfDoubles ${n}`,
      tensors: [2 * n, 1],
      written: [1],
      run: (wasm, [x, mean]) => wasm.meanOfDoubles(x, n, mean, 0, 1, 0),
    },
    { name: `fillZeros ${n}`, tensors: [n], written: [0], run: (wasm, [y]) => wasm.fillZeros(y, 0, n, 0) },
  ]);
  return [...elementwise, ...[1, 2, 3, 5, 8, 13].flatMap((width) => rowCases(wasm, width))];
}

function rowCases(wasm: SimdExports, n: number): BoundsCase[] {
  const [size, queries, heads] = [n, 5, 2];
  const width = size * heads;
  const attention = [queries * width, n * 2 * width];
  const weights = heads * queries * n;
  const attentionScratch = wasm.attentionScratch(queries, n, size);
  return [
    {
      name: `layerNorm ${n}`,
      tensors: [ROWS * n, n, n, ROWS * n, ROWS, ROWS],
      written: [3, 4, 5],
      run: (wasm, [x, gamma, beta, y, mean, std]) => wasm.layerNorm(x, gamma, beta, y, mean, std, n, 1e-6, 0, ROWS, 0),
    },
    {
      name: `layerNormGrad ${n}`,
      tensors: [ROWS * n, n, ROWS, ROWS, ROWS * n, ROWS * n, wasm.layerNormGradScratch(ROWS, n), n, n],
      written: [5, 6, 7, 8],
      run: (wasm, [x, gamma, mean, std, dy, dx, partials, dGamma, dBeta]) => {
        wasm.layerNormGrad(x, gamma, mean, std, dy, dx, partials, ROWS, n, 0, wasm.layerNormBlocks(ROWS), 0);
        wasm.layerNormSums(partials, dGamma, dBeta, ROWS, n, 0, 1, 0);
      },
    },
    ...regulariserCases(n),
    ...infoNceCases(n),
    {
      name: `l2Normalise ${n}`,
      tensors: [ROWS * n, ROWS * n, ROWS],
      written: [1, 2],
      run: (wasm, [x, y, inverse]) => wasm.l2Normalise(x, y, inverse, n, 1e-12, 0, ROWS, 0),
    },
    {
      name: `l2NormaliseGrad ${n}`,
      tensors: [ROWS * n, ROWS * n, ROWS, ROWS * n],
      written: [3],
      run: (wasm, [dy, y, inverse, dx]) => wasm.l2NormaliseGrad(dy, y, inverse, dx, n, 0, ROWS, 0),
    },
    {
      name: `crossEntropy ${n}`,
      tensors: [ROWS * n, ROWS, ROWS * n, 2 * ROWS],
      written: [2, 3],
      run: (wasm, [logits, labels, probabilities, losses]) =>
        wasm.crossEntropy(logits, labels, probabilities, losses, n, 0, ROWS, 0),
    },
    {
      name: `crossEntropyGrad ${n}`,
      tensors: [ROWS * n, ROWS, ROWS * n, 1],
      written: [2],
      run: (wasm, [probabilities, labels, dLogits, dy]) =>
        wasm.crossEntropyGrad(probabilities, labels, dLogits, dy, ROWS, n, 0, ROWS, 0),
    },
    {
      name: `accuracy ${n}`,
      tensors: [ROWS * n, ROWS, 2 * ROWS],
      written: [2],
      run: (wasm, [logits, labels, rights]) => wasm.accuracy(logits, labels, rights, n, 0, ROWS, 0),
    },
    ...productCases(wasm, n),
    ...groupedConvCases(wasm, n),
    ...gatherCases(n),
    ...rowsCases(n),
    {
      name: `contextAttention, ${n} rows, heads of ${size}`,
      tensors: [...attention, weights, queries * width, weights, attentionScratch],
      written: [3, 4, 5],
      run: (wasm, [q, kv, bias, out, weights, scratch]) =>
        wasm.contextAttention(q, kv, bias, out, weights, scratch, queries, n, width, heads, 0, heads, 0),
    },
    {
      name: `contextAttentionGrad, ${n} rows, heads of ${size}`,
      tensors: [...attention, weights, queries * width, ...attention, weights, weights, attentionScratch],
      written: [4, 5, 6, 7, 8],
      run: (wasm, [q, kv, weights, dy, dq, dkv, kept, dBias, scratch]) => {
        wasm.contextAttentionGrad(q, kv, weights, dy, dq, dkv, kept, scratch, queries, n, width, heads, 0, heads, 0);
        wasm.biasGrad(kept, dBias, 1, queries, n, width, heads, 0, heads * queries, 0);
      },
    },
  ];
}

function productCases(wasm: SimdExports, n: number): BoundsCase[] {
  const inner = 6;
  const panels = inner * wasm.panelled(n);
  const transposed = wasm.panelled(n) * inner;
  const weightGrad = { tensors: [ROWS * inner, ROWS * n, (wasm.panelled(inner) + wasm.panelled(n)) * ROWS, inner * n, n] };
  return [
    {
      name: `linear ${inner} to ${n}`,
      tensors: [ROWS * inner, inner * n, n, ROWS * n, panels],
      written: [3, 4],
      run: (wasm, [x, weight, bias, y, panels]) => {
        wasm.packPanels(weight, panels, inner, n, inner, 0, wasm.panelled(n) / 8, 0);
        wasm.linear(x, panels, bias, y, inner, n, 0, ROWS, 0);
      },
    },
    {
      name: `linearResidual ${inner} to ${n}`,
      tensors: [ROWS * inner, inner * n, n, ROWS * n, ROWS * n, panels],
      written: [4, 5],
      run: (wasm, [x, weight, bias, residual, y, panels]) => {
        wasm.packPanels(weight, panels, inner, n, inner, 0, wasm.panelled(n) / 8, 0);
        wasm.linearResidual(x, panels, bias, residual, y, inner, n, 0, ROWS, 0);
      },
    },
    {
      name: `the input's gradient, ${n} to ${inner}`,
      tensors: [ROWS * inner, n * inner, ROWS * n, transposed],
      written: [2, 3],
      run: (wasm, [dy, weight, dx, panels]) => {
        wasm.packTransposedPanels(weight, panels, n, inner, 0, wasm.panelled(n) / 8, 0);
        wasm.linear(dy, panels, 0, dx, inner, n, 0, ROWS, 0);
      },
    },
    {
      name: `linearWeightGrad ${inner} by ${n}`,
      ...weightGrad,
      written: [2, 3, 4],
      run: (wasm, [x, dy, panels, dWeight, dBias]) => {
        const dyPanels = panels + 4 * wasm.panelled(inner) * ROWS;
        // In slices of two rows and one.
        wasm.packPanels(x, panels, ROWS, inner, 2, 0, (2 * wasm.panelled(inner)) / 8, 0);
        wasm.packPanels(dy, dyPanels, ROWS, n, 2, 0, (2 * wasm.panelled(n)) / 8, 0);
        const pieces = wasm.weightGradPieces(inner, n);
        wasm.linearWeightGrad(panels, dyPanels, dWeight, dBias, inner, n, ROWS, 2, 0, 0, pieces, 0);
      },
    },
    {
      name: `rows of ${n} taken and added`,
      tensors: [2 * ROWS * n, 2 * 2 * n, 2 * ROWS * n],
      written: [1, 2],
      run: (wasm, [x, rows, y]) => {
        wasm.copyRows(x, rows, ROWS * n, 2 * n, 2 * n, 0, 2, 0);
        wasm.addToRows(rows, y, ROWS, 2, n, 0, 2, 0);
      },
    },
    {
      name: `mlp ${n}`,
      tensors: [
        ROWS * n,
        n * inner,
        inner,
        wasm.panelled(inner) * n,
        inner * n,
        n,
        panels,
        ROWS * n,
        ROWS * inner,
        ROWS * inner,
        ROWS * n,
      ],
      written: [3, 6, 8, 9, 10],
      run: (wasm, [x, weight1, bias1, panels1, weight2, bias2, panels2, residual, active, slope, y]) => {
        wasm.packPanels(weight1, panels1, n, inner, n, 0, 1, 0);
        wasm.packPanels(weight2, panels2, inner, n, inner, 0, wasm.panelled(n) / 8, 0);
        wasm.mlp(x, panels1, bias1, panels2, bias2, residual, active, slope, y, n, inner, 0, ROWS, 0);
      },
    },
    {
      name: `mlpInputGrad ${n}`,
      tensors: [ROWS * n, inner * n, wasm.panelled(inner) * n, ROWS * inner, n * inner, transposed, ROWS * inner, ROWS * n],
      written: [2, 5, 6, 7],
      run: (wasm, [dy, weight2, panels2, slope, weight1, panels1, dHidden, dx]) => {
        wasm.packTransposedPanels(weight2, panels2, inner, n, 0, 1, 0);
        wasm.packTransposedPanels(weight1, panels1, n, inner, 0, wasm.panelled(n) / 8, 0);
        wasm.mlpInputGrad(dy, panels2, slope, panels1, dHidden, dx, n, inner, 0, ROWS, 0);
      },
    },
  ];
}

describe('the SIMD kernels stay inside their tensors', () => {
  const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES });
  const module = new WebAssembly.Module(Buffer.from(modules.plain, 'base64'));
  const wasm = new WebAssembly.Instance(module, { env: { memory } }).exports as object as SimdExports;
  const bytes = new Uint8Array(memory.buffer);

  it.each(cases(wasm))('$name', ({ tensors, written, run }) => {
    // Each tensor in turn is the last of the memory, where reading one float too many is a trap.
    for (const last of tensors.keys()) {
      const addresses = place(tensors, last);
      bytes.fill(FILLER);
      run(wasm, addresses, memory);
      for (const index of written) bytes.fill(FILLER, addresses[index], addresses[index] + 4 * tensors[index]);
      expect(bytes.findIndex((byte) => byte !== FILLER)).toBe(-1);
    }
  });
});

/** Addresses of the tensors with a gap after each, `last` at the very end of the memory. */
function place(tensors: readonly number[], last: number): number[] {
  let next = FIRST_BYTE;
  return tensors.map((floats, index) => {
    if (index === last) return PAGES * PAGE_BYTES - 4 * floats;
    const address = next;
    next += 4 * floats + GUARD_BYTES;
    return address;
  });
}
