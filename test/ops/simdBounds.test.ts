/** The SIMD kernels share tfjs's heap: one float read or written beyond a tensor is somebody else's. */
import { describe, expect, it } from 'vitest';
import modules from '../../src/ops/simd/assembly/kernels.ts?assemblyscript';
import type { SimdExports } from '../../src/ops/simd/exports.ts';

const PAGES = 2;
const PAGE_BYTES = 65_536;
const GUARD_BYTES = 64;
const FIRST_BYTE = 1024;
/** As a float 0.747, so that what is written differs from what was there. */
const FILLER = 0x3f;
const ROWS = 3;

interface BoundsCase {
  name: string;
  /** Floats of each tensor, in the order of the kernel's arguments. */
  tensors: number[];
  /** Which of them the kernel writes to, its scratch included. */
  written: number[];
  run(wasm: SimdExports, addresses: number[]): void;
}

function cases(wasm: SimdExports): BoundsCase[] {
  const elementwise = [1, 2, 3, 5, 7, 9, 11].flatMap((n): BoundsCase[] => [
    { name: `gelu ${n}`, tensors: [n, n], written: [1], run: (wasm, [x, y]) => wasm.gelu(x, y, 0, n) },
    { name: `geluGrad ${n}`, tensors: [n, n, n], written: [2], run: (wasm, [x, dy, dx]) => wasm.geluGrad(x, dy, dx, 0, n) },
    { name: `sumOfSquares ${n}`, tensors: [n], written: [], run: (wasm, [x]) => wasm.sumOfSquares(x, 0, n) },
    {
      name: `adamW ${n}`,
      tensors: [n, n, n, n, n],
      written: [0, 1, 2],
      run: (wasm, [p, m, v, decay, g]) => wasm.adamW(p, m, v, decay, g, 1, 0.9, 0.95, 1e-8, 0.01, 1, 0, 0, n),
    },
  ]);
  return [...elementwise, ...[1, 2, 3, 5, 8, 13].flatMap((width) => rowCases(wasm, width))];
}

function rowCases(wasm: SimdExports, n: number): BoundsCase[] {
  const [size, queries, heads, inner] = [n, 5, 2, 6];
  const width = size * heads;
  const attention = [queries * width, n * 2 * width];
  const weights = heads * queries * n;
  const attentionScratch = wasm.attentionScratch(queries, n, size);
  return [
    {
      name: `layerNorm ${n}`,
      tensors: [ROWS * n, n, n, ROWS * n, ROWS, ROWS],
      written: [3, 4, 5],
      run: (wasm, [x, gamma, beta, y, mean, std]) => wasm.layerNorm(x, gamma, beta, y, mean, std, n, 1e-6, 0, ROWS),
    },
    {
      name: `layerNormGrad ${n}`,
      tensors: [ROWS * n, n, ROWS, ROWS, ROWS * n, ROWS * n, n, n],
      written: [5, 6, 7],
      run: (wasm, [x, gamma, mean, std, dy, ...outputs]) => {
        const [dx, dGamma, dBeta] = outputs;
        wasm.layerNormGrad(x, gamma, mean, std, dy, dx, dGamma, dBeta, n, 0, ROWS);
      },
    },
    {
      name: `crossEntropy ${n}`,
      tensors: [ROWS * n, ROWS, ROWS * n],
      written: [2],
      run: (wasm, [logits, labels, probabilities]) => wasm.crossEntropy(logits, labels, probabilities, n, 0, ROWS),
    },
    {
      name: `crossEntropyGrad ${n}`,
      tensors: [ROWS * n, ROWS, ROWS * n],
      written: [2],
      run: (wasm, [probabilities, labels, dLogits]) => wasm.crossEntropyGrad(probabilities, labels, dLogits, 1, n, 0, ROWS),
    },
    {
      name: `linear ${inner} to ${n}`,
      tensors: [ROWS * inner, inner * n, n, ROWS * n, wasm.linearScratch(inner, n)],
      written: [3, 4],
      run: (wasm, [x, weight, bias, y, scratch]) => wasm.linear(x, weight, bias, y, scratch, inner, n, 0, ROWS),
    },
    {
      name: `linearInputGrad ${n} to ${inner}`,
      tensors: [ROWS * inner, n * inner, ROWS * n, wasm.linearGradScratch(n, inner)],
      written: [2, 3],
      run: (wasm, [dy, weight, dx, scratch]) => wasm.linearInputGrad(dy, weight, dx, scratch, n, inner, 0, ROWS),
    },
    {
      name: `linearWeightGrad ${inner} by ${n}`,
      tensors: [ROWS * inner, ROWS * n, inner * n, n, wasm.linearGradScratch(inner, n)],
      written: [2, 3, 4],
      run: (wasm, [x, dy, dWeight, dBias, scratch]) => wasm.linearWeightGrad(x, dy, dWeight, dBias, scratch, inner, n, 0, ROWS),
    },
    {
      name: `contextAttention, ${n} rows, heads of ${size}`,
      tensors: [...attention, queries * width, weights, attentionScratch],
      written: [2, 3, 4],
      run: (wasm, [q, kv, out, weights, scratch]) =>
        wasm.contextAttention(q, kv, out, weights, scratch, queries, n, width, heads, 0, heads),
    },
    {
      name: `contextAttentionGrad, ${n} rows, heads of ${size}`,
      tensors: [...attention, weights, queries * width, ...attention, attentionScratch],
      written: [4, 5, 6],
      run: (wasm, [q, kv, weights, dy, dq, dkv, scratch]) =>
        wasm.contextAttentionGrad(q, kv, weights, dy, dq, dkv, scratch, queries, n, width, heads, 0, heads),
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
      run(wasm, addresses);
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
