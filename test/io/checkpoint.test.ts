import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../../src/base/errors.ts';
import { type CheckpointInfo, readCheckpoint, writeCheckpoint } from '../../src/io/checkpoint.ts';
import { readSafetensors, writeSafetensors } from '../../src/io/safetensors.ts';
import { placeParameters } from '../../src/model/parameters.ts';
import type { ModelSpec } from '../../src/model/spec.ts';
import { mp3 } from '../../src/objectives/mp3.ts';

const SPEC: ModelSpec = {
  patchLength: 2 * 2 * 3,
  patches: 4,
  width: 6,
  depth: 1,
  heads: 2,
  mlpRatio: 2,
  classToken: true,
  dropPath: 0,
};
const INFO: CheckpointInfo = { step: 12, channels: 3, config: '{}' };
const placements = placeParameters(mp3.parameters(SPEC));
const count = placements.reduce((sum, { length }) => sum + length, 0);
const values = Float32Array.from({ length: count }, (_, i) => i / 8);

function startOf(name: string): number {
  const found = placements.find(({ spec }) => spec.name === name);
  if (found === undefined) throw new Error(name);
  return found.offset;
}

describe('checkpoint', () => {
  const bytes = writeCheckpoint(placements, values, INFO);
  const { tensors, metadata } = readSafetensors(bytes);
  const tensor = (name: string) => {
    const found = tensors.find((candidate) => candidate.name === name);
    if (found === undefined) throw new Error(name);
    return found;
  };

  it('comes back as it was', () => {
    expect(readCheckpoint(bytes, placements, 3)).toEqual({ values, step: 12 });
  });

  it("has timm's names and PyTorch's orientation", () => {
    expect(metadata).toMatchObject({ format: 'pt', 'patchwork.step': '12' });
    expect(tensor('cls_token').shape).toEqual([1, 1, 6]);
    expect(tensor('blocks.0.attn.qkv.weight').shape).toEqual([18, 6]);
    expect(tensor('blocks.0.attn.qkv.bias').shape).toEqual([18]);
    expect(tensor('blocks.0.mlp.fc1.weight').shape).toEqual([12, 6]);
    expect(tensor('patch_embed.proj.weight').shape).toEqual([6, 3, 2, 2]);
    expect(tensors.some(({ name }) => name.includes('.kv.') || name.includes('.q.'))).toBe(false);
  });

  it('puts every number where PyTorch looks for it', () => {
    // fc1: ours (in 6, out 12), theirs (out, in).
    const fc1 = startOf('blocks.0.mlp.fc1.weight');
    expect(tensor('blocks.0.mlp.fc1.weight').data[5 * 6 + 2]).toBe(values[fc1 + 2 * 12 + 5]);
    // The value projection is the second half of our kv and the last third of their qkv.
    const kv = startOf('blocks.0.attn.kv.weight');
    expect(tensor('blocks.0.attn.qkv.weight').data[(12 + 3) * 6 + 4]).toBe(values[kv + 4 * 12 + 6 + 3]);
    // Patch numbers: ours row, column, channel; theirs channel, row, column.
    const embed = startOf('patch_embed.proj.weight');
    const [out, channel, row, column] = [1, 2, 1, 0];
    const theirs = ((out * 3 + channel) * 2 + row) * 2 + column;
    expect(tensor('patch_embed.proj.weight').data[theirs]).toBe(values[embed + ((row * 2 + column) * 3 + channel) * 6 + out]);
  });

  it('refuses weights of another shape, naming the tensor', () => {
    const wider = placeParameters(mp3.parameters({ ...SPEC, width: 8 }));
    expect(() => readCheckpoint(bytes, wider, 3)).toThrow(CheckpointError);
    expect(() => readCheckpoint(bytes, wider, 3)).toThrow('patch_embed.proj.weight');
    const deeper = placeParameters(mp3.parameters({ ...SPEC, depth: 2 }));
    expect(() => readCheckpoint(bytes, deeper, 3)).toThrow('blocks.1');
    const grey = placeParameters(mp3.parameters({ ...SPEC, patchLength: 12 }));
    expect(() => readCheckpoint(bytes, grey, 1)).toThrow(CheckpointError);
  });

  it('refuses weights that are not finite', () => {
    const broken = writeSafetensors(
      tensors.map((entry) => ({ ...entry, data: entry.data.map((value, i) => (i === 0 ? Number.NaN : value)) })),
      metadata,
    );
    expect(() => readCheckpoint(broken, placements, 3)).toThrow(CheckpointError);
  });
});
