import { describe, expect, it } from 'vitest';
import { fromTorch, torchShape, toTorch } from '../../src/io/torchLayout.ts';
import { convDecoderParameters } from '../../src/model/convDecoder.ts';
import type { ParameterSpec } from '../../src/model/parameters.ts';
import type { ModelSpec } from '../../src/model/spec.ts';
import { encoderParameters } from '../../src/model/transformer.ts';

const WIDTH = 8;

/** The first parameter of a convolution, and its numbers 0, 1, 2, ... as they lie inside. */
function counted(specs: readonly ParameterSpec[]) {
  const [spec] = specs;
  const values = Float32Array.from({ length: spec.shape.reduce((a, b) => a * b) }, (_, i) => i);
  return { spec, values, tensor: toTorch(spec, values) };
}

const decoder = (grid: number[], kernel: number) =>
  counted(convDecoderParameters({ width: WIDTH, grid, layers: 1, kernel, groups: 4 }));

function stem(layout: number[]) {
  const spec: ModelSpec = {
    patchLength: layout.reduce((a, b) => a * b),
    layout,
    grid: [4],
    patches: 4,
    width: WIDTH,
    depth: 1,
    heads: 2,
    mlpRatio: 2,
    classToken: true,
    positions: 'none',
    norm: 'pre',
    dropPath: 0,
  };
  return counted(encoderParameters(spec));
}

describe('convolutions in a file', () => {
  it('have nine taps on a line where a grid has three by three', () => {
    const line = decoder([16], 9);
    const grid = decoder([4, 4], 3);
    expect(line.spec.shape).toEqual(grid.spec.shape);
    expect(line.tensor.shape).toEqual([WIDTH, 2, 9]);
    expect(grid.tensor.shape).toEqual([WIDTH, 2, 3, 3]);
    const [out, channel, tap] = [5, 1, 7];
    expect(line.tensor.data[(out * 2 + channel) * 9 + tap]).toBe((tap * 2 + channel) * WIDTH + out);
    // Tap 7 of nine is row 2, column 1.
    expect(grid.tensor.data[((out * 2 + channel) * 3 + 2) * 3 + 1]).toBe((tap * 2 + channel) * WIDTH + out);
  });

  it('keep the rows and columns of a patch that is not square', () => {
    const { tensor } = stem([3, 40, 1]);
    expect(tensor.name).toBe('patch_embed.proj.weight');
    expect(tensor.shape).toEqual([WIDTH, 1, 3, 40]);
    const [out, row, column] = [6, 2, 33];
    expect(tensor.data[(out * 3 + row) * 40 + column]).toBe((row * 40 + column) * WIDTH + out);
  });

  it('put channels first, behind a stem on a grid and on a line', () => {
    const grid = stem([2, 5, 3]).tensor;
    expect(grid.shape).toEqual([WIDTH, 3, 2, 5]);
    expect(grid.data[((7 * 3 + 2) * 2 + 1) * 5 + 3]).toBe(((1 * 5 + 3) * 3 + 2) * WIDTH + 7);
    const line = stem([5, 3]).tensor;
    expect(line.shape).toEqual([WIDTH, 3, 5]);
    expect(line.data[(7 * 3 + 2) * 5 + 4]).toBe((4 * 3 + 2) * WIDTH + 7);
  });

  it.each([
    ['a decoder on a line', decoder([16], 9)],
    ['a decoder on a grid', decoder([2, 8], 3)],
    ['a wide patch', stem([3, 40, 1])],
    ['a patch in colour', stem([2, 5, 3])],
    ['a piece of a line', stem([5, 3])],
    ['numbers of one axis', stem([12])],
  ])('come back as they were: %s', (_, { spec, values, tensor }) => {
    expect(tensor.shape).toEqual(torchShape(spec));
    expect(fromTorch(spec, tensor)).toEqual(values);
  });
});

describe('a table of words in a file', () => {
  it('lies as it is: a row for each word, as PyTorch embeds', () => {
    const values = Float32Array.from({ length: 6 }, (_, i) => i);
    const spec = { name: 'text.embed.weight', shape: [3, 2] };
    expect(torchShape(spec)).toEqual([3, 2]);
    expect(toTorch(spec, values).data).toEqual(values);
    expect(fromTorch(spec, { name: spec.name, shape: [3, 2], data: values })).toEqual(values);
  });
});
