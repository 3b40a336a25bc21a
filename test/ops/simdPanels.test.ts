/** Matrices cut into panels, as products read them: every number at its place, whichever parts are cut by whom. */
import { expect, it } from 'vitest';
import modules from '../../src/ops/simd/assembly/kernels.ts?assemblyscript';
import type { SimdExports } from '../../src/ops/simd/exports.ts';

const PANEL = 8;
const INPUT = 1024;
const OUTPUT = 65_536;

async function open(): Promise<{ wasm: SimdExports; memory: WebAssembly.Memory }> {
  const memory = new WebAssembly.Memory({ initial: 4 });
  const bytes = Uint8Array.from(atob(modules.plain), (character) => character.charCodeAt(0));
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  return { wasm: instance.exports as object as SimdExports, memory };
}

/** y (slices, panels, rows of the slice, 8), number by number. */
function expected(x: Float32Array, rows: number, columns: number, slice: number): number[] {
  const y: number[] = [];
  for (let first = 0; first < rows; first += slice) {
    for (let column = 0; column < columns; column += PANEL) {
      for (let row = first; row < Math.min(first + slice, rows); row++) {
        for (let j = column; j < column + PANEL; j++) y.push(j < columns ? x[row * columns + j] : 0);
      }
    }
  }
  return y;
}

it.each([
  [1, 1, 1],
  [16, 8, 16],
  [37, 24, 37],
  [37, 13, 20],
  [70, 31, 33],
  [50, 66, 16],
])('of %d rows, %d columns, in slices of %d', async (rows, columns, slice) => {
  const { wasm, memory } = await open();
  const x = Float32Array.from({ length: rows * columns }, (_, i) => i + 1);
  new Float32Array(memory.buffer, INPUT, x.length).set(x);
  const panels = Math.ceil(rows / slice) * Math.ceil(columns / PANEL);
  const wanted = expected(x, rows, columns, slice);
  for (const grain of [panels, 1, 3, 5]) {
    const y = new Float32Array(memory.buffer, OUTPUT, wanted.length).fill(-1);
    for (let start = 0; start < panels; start += grain)
      wasm.packPanels(INPUT, OUTPUT, rows, columns, slice, start, Math.min(start + grain, panels), 0);
    expect([...y]).toEqual(wanted);
  }
});
