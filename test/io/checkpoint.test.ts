import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../../src/base/errors.ts';
import { type CheckpointInfo, readCheckpoint, writeCheckpoint } from '../../src/io/checkpoint.ts';
import { readSafetensors, writeSafetensors } from '../../src/io/safetensors.ts';
import { convDecoderParameters } from '../../src/model/convDecoder.ts';
import { type ParameterSpec, placeParameters, zeros } from '../../src/model/parameters.ts';
import type { ModelSpec } from '../../src/model/spec.ts';
import { encoderParameters } from '../../src/model/transformer.ts';
import { mp3Puzzle } from '../../src/objectives/mp3.ts';

const SPEC: ModelSpec = {
  patchLength: 2 * 2 * 3,
  layout: [2, 2, 3],
  grid: [2, 2],
  patches: 4,
  width: 8,
  depth: 1,
  heads: 2,
  mlpRatio: 2,
  classToken: true,
  positions: 'none',
  norm: 'pre',
  dropPath: 0,
};
const INFO: CheckpointInfo = { step: 12, channels: 3, config: '{}' };

function countedUp(specs: readonly ParameterSpec[]) {
  const placements = placeParameters(specs);
  const count = placements.reduce((sum, { length }) => sum + length, 0);
  const values = Float32Array.from({ length: count }, (_, i) => i / 8);
  const bytes = writeCheckpoint(placements, values, INFO);
  const { tensors, metadata } = readSafetensors(bytes);
  const tensor = (name: string) => {
    const found = tensors.find((candidate) => candidate.name === name);
    if (found === undefined) throw new Error(name);
    return found;
  };
  /** Our numbers of one parameter. */
  const own = (name: string) => {
    const found = placements.find(({ spec }) => spec.name === name);
    if (found === undefined) throw new Error(name);
    return values.subarray(found.offset, found.offset + found.length);
  };
  return { placements, values, bytes, tensors, metadata, tensor, own };
}

describe('checkpoint', () => {
  const { placements, values, bytes, tensors, metadata, tensor, own } = countedUp(mp3Puzzle(SPEC).parameters);

  it('comes back as it was', () => {
    expect(readCheckpoint(bytes, placements)).toEqual({ values, step: 12 });
  });

  it("has timm's names and PyTorch's orientation", () => {
    expect(metadata).toMatchObject({ format: 'pt', 'patchwork.step': '12' });
    expect(tensor('cls_token').shape).toEqual([1, 1, 8]);
    expect(tensor('blocks.0.attn.qkv.weight').shape).toEqual([24, 8]);
    expect(tensor('blocks.0.attn.qkv.bias').shape).toEqual([24]);
    expect(tensor('blocks.0.mlp.fc1.weight').shape).toEqual([16, 8]);
    expect(tensor('patch_embed.proj.weight').shape).toEqual([8, 3, 2, 2]);
    expect(tensors.some(({ name }) => name.includes('.kv.') || name.includes('.q.'))).toBe(false);
  });

  it('puts every number where PyTorch looks for it', () => {
    // fc1: ours (in 8, out 16), theirs (out, in).
    expect(tensor('blocks.0.mlp.fc1.weight').data[5 * 8 + 2]).toBe(own('blocks.0.mlp.fc1.weight')[2 * 16 + 5]);
    // The value projection is the second half of our kv and the last third of their qkv.
    expect(tensor('blocks.0.attn.qkv.weight').data[(16 + 3) * 8 + 4]).toBe(own('blocks.0.attn.kv.weight')[4 * 16 + 8 + 3]);
    // Patch numbers: ours row, column, channel; theirs channel, row, column.
    const [out, channel, row, column] = [1, 2, 1, 0];
    const theirs = ((out * 3 + channel) * 2 + row) * 2 + column;
    expect(tensor('patch_embed.proj.weight').data[theirs]).toBe(
      own('patch_embed.proj.weight')[((row * 2 + column) * 3 + channel) * 8 + out],
    );
  });

  it('refuses weights of another shape, naming the tensor', () => {
    const wider = placeParameters(mp3Puzzle({ ...SPEC, width: 16 }).parameters);
    expect(() => readCheckpoint(bytes, wider)).toThrow(CheckpointError);
    expect(() => readCheckpoint(bytes, wider)).toThrow('patch_embed.proj.weight');
    const deeper = placeParameters(mp3Puzzle({ ...SPEC, depth: 2 }).parameters);
    expect(() => readCheckpoint(bytes, deeper)).toThrow('blocks.1');
    const grey = placeParameters(mp3Puzzle({ ...SPEC, layout: [2, 6, 1] }).parameters);
    expect(() => readCheckpoint(bytes, grey)).toThrow(CheckpointError);
  });

  it('refuses weights that are not finite', () => {
    const broken = writeSafetensors(
      tensors.map((entry) => ({ ...entry, data: entry.data.map((value, i) => (i === 0 ? Number.NaN : value)) })),
      metadata,
    );
    expect(() => readCheckpoint(broken, placements)).toThrow(CheckpointError);
  });
});

describe('what pretraining and fine-tuning add', () => {
  const token: ParameterSpec = { name: 'mask_token', shape: [8], init: zeros };
  const decoder = { width: 8, grid: [2, 2], layers: 1, kernel: 3, groups: 2 };
  const line: ParameterSpec = { name: 'decoder.1.conv.weight', shape: [7, 2, 8], init: zeros, window: [7, 2] };
  const specs = [
    ...encoderParameters({ ...SPEC, positions: 'learned' }),
    ...encoderParameters({ ...SPEC, positions: 'relative', depth: 2 }).filter(({ name }) => name.startsWith('blocks.1')),
    token,
    { name: 'decoder_pos_embed', shape: [5, 4], init: zeros },
    ...convDecoderParameters(decoder),
    line,
  ];
  const { placements, values, bytes, tensor, own } = countedUp(specs);

  it('comes back as it was', () => {
    expect(readCheckpoint(bytes, placements).values).toEqual(values);
  });

  it('has the shapes of timm, MAE and BEiT', () => {
    expect(tensor('pos_embed').shape).toEqual([1, 5, 8]);
    expect(tensor('decoder_pos_embed').shape).toEqual([1, 5, 4]);
    expect(tensor('mask_token').shape).toEqual([1, 1, 8]);
    expect(tensor('pos_embed').data).toEqual(own('pos_embed'));
    // (2 G - 1)^2 + 3 offsets by heads, as BEiT has it.
    const table = 'blocks.1.attn.relative_position_bias_table';
    expect(tensor(table).shape).toEqual([12, 2]);
    expect(tensor(table).data).toEqual(own(table));
  });

  it("has PyTorch's convolutions, on a grid and on a line", () => {
    const grid = tensor('decoder.0.conv.weight');
    expect(grid.shape).toEqual([8, 4, 3, 3]);
    const [out, channel, row, column] = [5, 3, 2, 1];
    expect(grid.data[((out * 4 + channel) * 3 + row) * 3 + column]).toBe(
      own('decoder.0.conv.weight')[((row * 3 + column) * 4 + channel) * 8 + out],
    );
    expect(tensor(line.name).shape).toEqual([8, 2, 7]);
    expect(tensor(line.name).data[(5 * 2 + 1) * 7 + 6]).toBe(own(line.name)[(6 * 2 + 1) * 8 + 5]);
  });
});
