import type { SimdExports } from '../../../src/ops/simd/exports.ts';
import type { BoundsCase } from '../support/bounds.ts';

/** Two groups of so many channels on a grid of 2 x 3, three samples in two slices. */
export function groupedConvCases(wasm: SimdExports, channels: number): BoundsCase[] {
  const [groups, taps, places, batch] = [2, 9, 6, 3];
  const width = groups * channels;
  const image = batch * places * width;
  const weight = taps * channels * width;
  const panels = groups * wasm.groupedConvPanels(taps, channels);
  const partials = groups * 2 * wasm.groupedConvPartials(taps, channels);
  const scratch = wasm.groupedConvScratch(2, 3, 3, 3, channels);
  return [
    ...[0, 1].map((turned) => ({
      name: `packGroups ${channels}, turned ${turned}`,
      tensors: [weight, panels],
      written: [1],
      run: (wasm: SimdExports, [w, packed]: number[]) => wasm.packGroups(w, packed, taps, width, groups, turned, 0, groups, 0),
    })),
    {
      name: `groupedConv ${channels}`,
      tensors: [image, panels, width, image, scratch],
      written: [3, 4],
      run: (wasm, [x, packed, bias, y, room]) =>
        wasm.groupedConv(x, packed, bias, y, room, batch, 2, 3, 3, 3, width, groups, 0, batch * groups, 0),
    },
    {
      name: `groupedConvWeightGrad ${channels}`,
      tensors: [image, image, partials, scratch, weight, width],
      written: [2, 3, 4, 5],
      run: (wasm, [x, dy, sums, room, dWeight, dBias]) => {
        wasm.groupedConvWeightGrad(x, dy, sums, room, batch, 2, 2, 3, 3, 3, width, groups, 0, 2 * groups, 0);
        wasm.groupedConvSums(sums, dWeight, dBias, 2, taps, width, groups, 0, groups, 0);
      },
    },
  ];
}

/** The filler, as an index, names no row: the index is written here, every row and none in turn. */
export function gatherCases(width: number): BoundsCase[] {
  const [batch, rows, taken] = [2, 3, 5];
  const tensors = [batch * rows * width, batch * taken, batch * taken * width];
  return [
    {
      name: `gatherRows ${width}`,
      tensors,
      written: [1, 2],
      run: (wasm, [x, index, y], memory) => {
        writeIndex(memory, index, batch * taken, rows);
        wasm.gatherRows(x, index, y, rows, taken, width, 0, 0, batch * taken, 0);
      },
    },
    {
      name: `scatterRows ${width}`,
      tensors,
      written: [0, 1],
      run: (wasm, [dx, index, dy], memory) => {
        writeIndex(memory, index, batch * taken, rows);
        wasm.scatterRows(dy, index, dx, rows, taken, width, 0, batch, 0);
      },
    },
    {
      name: `scatterTable ${width}`,
      tensors: [rows * width, batch * taken, batch * taken * width],
      written: [0, 1],
      run: (wasm, [dTable, index, dy], memory) => {
        writeIndex(memory, index, batch * taken, rows);
        wasm.scatterTable(dy, index, dTable, batch * taken, width, 0, rows, 0);
      },
    },
    {
      name: `embedWords ${width}`,
      tensors: [rows * width, batch * taken, batch * taken * width],
      written: [1, 2],
      run: (wasm, [table, index, x], memory) => {
        writeIndex(memory, index, batch * taken, rows);
        wasm.embedWords(table, index, x, rows, width, 0.5, 0, batch * taken, 0);
      },
    },
    {
      name: `embedWordsGrad ${width}`,
      tensors: [rows * width, batch * taken, batch * taken * width],
      written: [0, 1],
      run: (wasm, [dTable, index, dx], memory) => {
        writeIndex(memory, index, batch * taken, rows);
        wasm.embedWordsGrad(dx, index, dTable, batch * taken, width, 0.5, 0, rows, 0);
      },
    },
    {
      name: `wordLoss ${width}`,
      tensors: [rows * width, rows, rows * width, 2 * rows, 2 * rows],
      written: [1, 2, 3, 4],
      run: (wasm, [logits, labels, dLogits, losses, rights], memory) => {
        writeIndex(memory, labels, rows, width);
        wasm.wordLoss(logits, labels, dLogits, losses, rights, 0.5, width, 0, rows, 0);
      },
    },
  ];
}

function writeIndex(memory: WebAssembly.Memory, address: number, count: number, rows: number): void {
  new Int32Array(memory.buffer, address, count).forEach((_, i, index) => {
    index[i] = (i % (rows + 2)) - 1;
  });
}

/** Rows copied from the second on, repeated, and summed. */
export function rowsCases(width: number): BoundsCase[] {
  const [batch, rows] = [2, 3];
  const size = batch * rows * width;
  return [
    {
      name: `copyRows ${width}`,
      tensors: [size, batch * 2 * width],
      written: [1],
      run: (wasm, [x, y]) => wasm.copyRows(x + 4 * width, y, rows * width, 2 * width, 2 * width, 0, batch, 0),
    },
    {
      name: `repeatRows ${width}`,
      tensors: [batch * width, size],
      written: [1],
      run: (wasm, [x, y]) => wasm.repeatRows(x, y, rows, width, 0.5, 0, batch * rows, 0),
    },
    {
      name: `sumSamples ${width}`,
      tensors: [size, batch * width],
      written: [1],
      run: (wasm, [x, y]) => wasm.sumSamples(x, y, rows, width, 0.5, 0, batch, 0),
    },
  ];
}

/** Among so many samples. */
export function infoNceCases(n: number): BoundsCase[] {
  return [
    {
      name: `infoNce ${n}`,
      tensors: [n * n, n, n, n, 2 * n],
      written: [0, 3, 4],
      run: (wasm, [products, askers, answers, sums, losses]) =>
        wasm.infoNce(products, askers, answers, sums, losses, n, 10, 0, n, 0),
    },
    {
      name: `infoNceSlopes ${n}`,
      tensors: [n * n, n, n, n, n, 1, 2],
      written: [0, 6],
      run: (wasm, [products, askers, answers, querySums, keySums, dy, counts], memory) => {
        new Float32Array(memory.buffer, counts, 2).fill(2);
        wasm.infoNceSlopes(products, askers, answers, querySums, keySums, dy, counts, 1, 2, n, 0.1, 0, n, 0);
      },
    },
    {
      name: `countBoth ${n}`,
      tensors: [n, n, 1],
      written: [2],
      run: (wasm, [first, second, count]) => wasm.countBoth(first, second, count, n, 0, 1, 0),
    },
    {
      name: `infoNceMeans ${n}`,
      tensors: [8 * n, 2, 2, 1],
      written: [2, 3],
      run: (wasm, [samples, counts, losses, loss]) => wasm.infoNceMeans(samples, counts, losses, loss, 2, n, 0, 1, 0),
    },
  ];
}

/** Of so many parameters, and a matrix with so many outputs whose rows are at the ends of a vector. */
export function regulariserCases(n: number): BoundsCase[] {
  return [
    {
      name: `l2sp ${n}`,
      tensors: [n, n, n, n, n, 1],
      written: [4],
      run: (wasm, [g, p, start, held, y, weight]) => wasm.l2sp(g, p, start, held, y, weight, 0, n, 0),
    },
    {
      name: `recAdam ${n}`,
      tensors: [n, n, n, n, n, 9, 2, 1],
      written: [0, 7],
      run: (wasm, [p, m, v, start, share, hyper, numbers, halted], memory) => {
        new Float32Array(memory.buffer, halted, 1).fill(0);
        wasm.recAdam(p, m, v, start, share, hyper, numbers, halted, 1e-8, 0, n, 0);
      },
    },
    {
      name: `mars ${n}`,
      tensors: [3 * n, 3 * n, 1, 1],
      written: [0, 3],
      run: (wasm, [p, start, radius, halted], memory) => {
        new Float32Array(memory.buffer, start, 3 * n).fill(-5);
        new Float32Array(memory.buffer, halted, 1).fill(0);
        wasm.mars(p, start, 3, n, radius, halted, 0, n, 0);
        new Float32Array(memory.buffer, start, 3 * n).fill(FILLED);
      },
    },
  ];
}

/** What `FILLER` of the test is as a float. */
const FILLED = new Float32Array(new Uint8Array(4).fill(0x3f).buffer)[0];
