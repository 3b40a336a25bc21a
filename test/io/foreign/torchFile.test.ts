import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../../../src/base/errors.ts';
import { Random } from '../../../src/base/random.ts';
import { bringIn } from '../../../src/io/foreign/bringIn.ts';
import { unpickle } from '../../../src/io/foreign/pickle.ts';
import { readTorchFile } from '../../../src/io/foreign/torchFile.ts';
import { readWeightsFile } from '../../../src/io/foreign/weightsFile.ts';
import { readSafetensors } from '../../../src/io/safetensors.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../reference/torchFiles');
const read = (name: string): Uint8Array => new Uint8Array(readFileSync(path.join(FOLDER, name)));

interface Entry {
  shape: number[];
  data: number[];
}
const values = JSON.parse(readFileSync(path.join(FOLDER, 'torchFiles.json'), 'utf8')) as {
  vit: Record<string, { shape: number[]; first: number[]; sum: number }>;
  kinds: Record<string, Entry>;
};

describe('a file of torch.save', () => {
  it('gives numbers of every type, however they lie in memory, exactly', () => {
    const tensors = readTorchFile(read('kinds.pt'));
    // What counts is no weight.
    expect(tensors.map(({ name }) => name)).toEqual(Object.keys(values.kinds));
    for (const { name, shape, data } of tensors) {
      expect(shape, name).toEqual(values.kinds[name].shape);
      expect(Array.from(data), name).toEqual(values.kinds[name].data.map(Math.fround));
    }
  });

  it('gives the weights among what a training saved, under timm’s names', () => {
    const { tensors } = readSafetensors(bringIn(read('vit.pth')));
    const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
    const parts = ['attn.qkv', 'attn.proj', 'mlp.fc1', 'mlp.fc2', 'norm1', 'norm2'].map((part) => `blocks.0.${part}`);
    const both = ['patch_embed.proj', 'norm', 'head', ...parts].flatMap((part) => [`${part}.weight`, `${part}.bias`]);
    expect([...byName.keys()].sort()).toEqual(['cls_token', 'pos_embed', ...both].sort());
    const { vit } = values;
    const projection = byName.get('patch_embed.proj.weight');
    const told = vit['vit.embeddings.patch_embeddings.projection.weight'];
    expect(projection?.shape).toEqual(told.shape);
    expect(projection?.data.reduce((sum, value) => sum + value, 0)).toBeCloseTo(told.sum, 2);
    const qkv = byName.get('blocks.0.attn.qkv.bias')?.data ?? new Float32Array();
    for (const [i, part] of ['query', 'key', 'value'].entries()) {
      const { first } = vit[`vit.encoder.layer.0.attention.attention.${part}.bias`];
      expect(Array.from(qkv.subarray(64 * i, 64 * i + 4))).toEqual(first.map(Math.fround));
    }
  });

  it('is taken for a run with labels of the shape that its tensors have, which is told', () => {
    const { config, notes, channels } = readWeightsFile(read('vit.pth'));
    expect(config).toMatchObject({
      picture: { size: 28, patch: 7 },
      model: { width: 64, depth: 1, heads: 1 },
      supervised: { positions: 'learned', pooling: 'class', norm: 'pre' },
    });
    expect(channels).toBe(3);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain('1 head of 64 numbers');
  });

  it('runs nothing that it holds', () => {
    expect(readTorchFile(read('evil.pth')).map(({ name }) => name)).toEqual(['weight']);
  });

  it('is refused by name where PyTorch older than 1.6 wrote it', () => {
    expect(() => readSafetensors(bringIn(read('old.pth')))).toThrow(/before version 1\.6/);
  });

  it('is refused in words where it holds no weights, or is no file of PyTorch', () => {
    expect(() => unpickle(Uint8Array.of(0x80, 2, 0x81, 0x2e))).toThrow(/takes more than it has/);
    expect(() => unpickle(Uint8Array.of(0x80, 2, 0x69))).toThrow(/0x69/);
    expect(() => unpickle(Uint8Array.of(0x80, 2))).toThrow(/is cut off/);
    expect(() => readTorchFile(new Uint8Array(40))).toThrow(/list of contents is missing/);
  });

  it('costs a word and never more when damaged', { timeout: 120_000 }, () => {
    const whole = read('kinds.pt');
    const random = new Random(1, 'damage');
    for (let i = 0; i < 500; i++) {
      const bytes = random.uniform() < 0.3 ? whole.slice(0, random.below(whole.length)) : whole.slice();
      for (let k = random.below(6); k >= 0 && bytes.length > 0; k--) bytes[random.below(bytes.length)] = random.below(256);
      expect(outcomeOf(() => readTorchFile(bytes))).not.toBe('another error');
    }
  });

  it('whose pickle is damaged costs a word too, with checksums that match', { timeout: 120_000 }, () => {
    const pickle = new Uint8Array([0x80, 2, 0x7d, 0x71, 0, 0x58, 1, 0, 0, 0, 0x61, 0x71, 1, 0x4b, 3, 0x73, 0x2e]);
    const random = new Random(2, 'damage');
    for (let i = 0; i < 3000; i++) {
      const bytes = pickle.slice();
      for (let k = random.below(4); k >= 0; k--) bytes[random.below(bytes.length)] = random.below(256);
      expect(outcomeOf(() => unpickle(bytes))).not.toBe('another error');
    }
  });
});

function outcomeOf(read: () => unknown): 'read' | 'refused' | 'another error' {
  try {
    read();
    return 'read';
  } catch (error) {
    return error instanceof CheckpointError ? 'refused' : 'another error';
  }
}
