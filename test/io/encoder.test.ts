import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../../src/base/errors.ts';
import { tokensOf } from '../../src/config/modalities.ts';
import type { ObjectiveName } from '../../src/config/objectives.ts';
import { withObjective } from '../../src/config/presets.ts';
import { defaultRun, type RunConfig } from '../../src/config/run.ts';
import { writeCheckpoint } from '../../src/io/checkpoint.ts';
import { readCheckpointInfo } from '../../src/io/checkpointInfo.ts';
import { readEncoder } from '../../src/io/encoder.ts';
import { readSafetensors, writeSafetensors } from '../../src/io/safetensors.ts';
import { type Placement, placeParameters } from '../../src/model/parameters.ts';
import { OBJECTIVES } from '../../src/objectives/registry.ts';

type Changes = { [S in keyof RunConfig]?: Partial<RunConfig[S]> };

function configOf(objective: ObjectiveName, changes: Changes = {}): RunConfig {
  const start = withObjective(defaultRun(), objective);
  const small: Changes = { picture: { patch: 8 }, model: { width: 32, depth: 2, heads: 2 }, ...changes };
  return Object.fromEntries(
    Object.entries(start).map(([section, values]) => [
      section,
      {
        ...values,
        ...(section === 'picture' ? { patch: 8 } : {}),
        ...(section === 'model' ? { width: 32, depth: 2, heads: 2 } : {}),
        ...small[section as keyof RunConfig],
      },
    ]),
  ) as RunConfig;
}

function placementsOf(config: RunConfig, channels: 1 | 3 = 3): Placement[] {
  return placeParameters(
    OBJECTIVES[config.task.objective](config, { tokens: tokensOf(config, { channels }), classes: 5 }).parameters,
  );
}

const sizeOf = (placements: readonly Placement[]) => placements.reduce((sum, { length }) => sum + length, 0);

/** A file whose numbers are 1, 2, 3, ... and what of it lands in another model whose own are all -1. */
function move(from: RunConfig, to: RunConfig, channels: 1 | 3 = 3) {
  const source = placementsOf(from, channels);
  const values = Float32Array.from({ length: sizeOf(source) }, (_, i) => i + 1);
  const bytes = writeCheckpoint(source, values, { step: 7, channels, config: JSON.stringify(from) });
  const target = placementsOf(to);
  const loaded = readEncoder(bytes, target, tokensOf(to, { channels: 3 }), new Float32Array(sizeOf(target)).fill(-1));
  return { ...loaded, source, target, sourceValues: values };
}

function expectTaken({ values, added, source, target, sourceValues }: ReturnType<typeof move>): void {
  for (const { spec, offset, length } of target) {
    const own = values.subarray(offset, offset + length);
    const origin = source.find((placement) => placement.spec.name === spec.name);
    if (added.includes(spec.name)) expect(new Set(own), spec.name).toEqual(new Set([-1]));
    else expect(own, spec.name).toEqual(sourceValues.subarray(origin?.offset, (origin?.offset ?? 0) + length));
  }
}

const HEAD = ['head.weight', 'head.bias'];

describe('readEncoder', () => {
  it.each<[string, RunConfig, RunConfig, string[]]>([
    ['MP3 gets positions and a head', configOf('mp3'), configOf('supervised'), ['pos_embed', ...HEAD]],
    [
      'MP3 gets relative tables',
      configOf('mp3'),
      configOf('supervised', { supervised: { positions: 'relative' } }),
      [0, 1].map((i) => `blocks.${i}.attn.relative_position_bias_table`).concat(HEAD),
    ],
    [
      'MP3 without a class token gets one, and the norm of the mean',
      configOf('mp3', { mp3: { classToken: 'none' } }),
      configOf('supervised', { supervised: { positions: 'none', pooling: 'mean' } }),
      ['cls_token', 'fc_norm.weight', 'fc_norm.bias', ...HEAD],
    ],
    ['MAE gives its table to positions that are learned from there', configOf('mae'), configOf('supervised'), HEAD],
    ['SimMIM', configOf('simmim'), configOf('supervised', { supervised: { positions: 'sincos' } }), HEAD],
    [
      'data2vec',
      configOf('data2vec'),
      configOf('supervised', { supervised: { positions: 'sincos', norm: 'post', pooling: 'mean' } }),
      ['fc_norm.weight', 'fc_norm.bias', ...HEAD],
    ],
    ['MAE gives self-distillation its decoder too', configOf('mae'), configOf('selfDistillation'), []],
    ['a classifier gives its encoder, not its head', configOf('supervised'), configOf('supervised'), HEAD],
    [
      'a classifier on the mean has no final norm',
      configOf('supervised', { supervised: { pooling: 'mean' } }),
      configOf('supervised'),
      ['norm.weight', 'norm.bias', ...HEAD],
    ],
  ])('%s', (_, from, to, added) => {
    const moved = move(from, to);
    expect(moved.added).toEqual(added);
    expectTaken(moved);
  });

  it('starts a decoder of another shape afresh, mask token and all', () => {
    const moved = move(configOf('mae', { mae: { decoderDepth: 1 } }), configOf('selfDistillation'));
    expect(moved.added).toEqual(expect.arrayContaining(['mask_token', 'decoder_embed.weight', 'decoder_pred.bias']));
    expect(moved.added.every((name) => name.startsWith('decoder') || name === 'mask_token')).toBe(true);
    expectTaken(moved);
    // SimMIM's mask token stands in the encoder: it is as wide, and no part of MAE's decoder.
    expect(move(configOf('simmim'), configOf('mae')).added).toContain('mask_token');
  });

  it('leaves tables of another grid as the run has them', () => {
    const larger = configOf('supervised', { picture: { size: 64 }, supervised: { positions: 'sincos' } });
    const moved = move(configOf('mae'), larger);
    expect(moved.added).toEqual(['pos_embed', ...HEAD]);
    expectTaken(moved);
  });

  const target = configOf('supervised');
  it.each<[string, RunConfig, RegExp, (1 | 3)?]>([
    [
      'width',
      configOf('mp3', { model: { width: 64 } }),
      /encoder has width 64, the one to be trained has width 32\. Set model\.width=64/,
    ],
    ['depth', configOf('mp3', { model: { depth: 3 } }), /has depth 3, the one to be trained has depth 2\. Set model\.depth=3/],
    ['fewer blocks', configOf('mp3', { model: { depth: 1 } }), /has depth 1, the one to be trained has depth 2/],
    ['patches', configOf('mp3', { picture: { patch: 4 } }), /has patches of 4 px, the one to be trained has patches of 8 px/],
    ['channels', configOf('mp3'), /takes pictures with 1 channel, the one to be trained takes pictures with 3 channels/, 1],
    ['norms', configOf('data2vec'), /norms after its branches, the one to be trained before/],
  ])('refuses an encoder of other %s', (_, from, message, channels) => {
    expect(() => move(from, target, channels)).toThrow(CheckpointError);
    expect(() => move(from, target, channels)).toThrow(message);
  });

  it('refuses pre-norm blocks for a post-norm run', () => {
    const post = configOf('supervised', { supervised: { norm: 'post' } });
    expect(() => move(configOf('mae'), post)).toThrow(/norms before its branches, the one to be trained after/);
  });

  it('refuses an encoder with a hole, and one that is none', () => {
    const source = placementsOf(configOf('mp3'));
    const bytes = writeCheckpoint(source, new Float32Array(sizeOf(source)), { step: 0, channels: 3, config: '{}' });
    const { tensors } = readSafetensors(bytes);
    const placements = placementsOf(target);
    const read = (kept: typeof tensors) => () =>
      readEncoder(writeSafetensors(kept), placements, tokensOf(target, { channels: 3 }), new Float32Array(sizeOf(placements)));
    expect(read(tensors.filter(({ name }) => name !== 'blocks.1.mlp.fc1.bias'))).toThrow(
      /no tensor blocks\.1\.mlp\.fc1\.bias, which/,
    );
    expect(read(tensors.filter(({ name }) => !name.startsWith('norm.')))).toThrow(/no tensor norm\.weight/);
    expect(read(tensors.filter(({ name }) => !name.startsWith('patch_embed')))).toThrow(/no patch embedding/);
    const narrow = tensors.map((tensor) =>
      tensor.name === 'blocks.0.mlp.fc1.bias' ? { ...tensor, shape: [64], data: tensor.data.slice(0, 64) } : tensor,
    );
    expect(read(narrow)).toThrow(/blocks\.0\.mlp\.fc1\.bias is 64 in the file and 128 in this run/);
  });
});

describe('readCheckpointInfo', () => {
  const config = configOf('mae', { optimiser: { seed: 9 } });
  const placements = placementsOf(config);
  const write = (text: string, step = 7) =>
    writeCheckpoint(placements, new Float32Array(sizeOf(placements)), { step, channels: 3, config: text });

  it('tells settings, step and channels, and that weights alone are not a whole run', () => {
    expect(readCheckpointInfo(write(JSON.stringify(config)))).toEqual({ config, step: 7, channels: 3, whole: false });
  });

  it('gives settings that were not there yet their defaults, and drops those that are gone', () => {
    const { data, picture, task, model, optimiser } = config;
    const old = { data, picture, task, model: { ...model, gone: 1 }, optimiser, elsewhere: {} };
    expect(readCheckpointInfo(write(JSON.stringify(old))).config).toEqual(config);
  });

  it.each([
    'no JSON',
    'null',
    '[]',
    '{}',
    '{"model":{}}',
    ...[
      '"model":{"width":1e9}',
      '"model":{"width":"64"}',
      '"model":{"width":null}',
      '"model":{"heads":7}',
      '"model":{},"data":{"size":33}',
      '"model":{},"optimiser":{"steps":-1}',
    ].map((rest) => `{"task":{},${rest}}`),
    '{"model":{},"task":{"objective":"constructor"}}',
    `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
  ])('believes no settings that no run could have: %.50s', (text) => {
    expect(readCheckpointInfo(write(text)).config).toBeUndefined();
  });

  it('is not fooled by inherited names', () => {
    const text = '{"__proto__":{"model":{"width":96}},"task":{},"model":{"__proto__":{"depth":1}}}';
    expect(readCheckpointInfo(write(text)).config).toEqual(defaultRun());
  });

  it('refuses what holds no encoder', () => {
    const other = writeSafetensors([{ name: 'x', shape: [1], data: Float32Array.of(1) }]);
    expect(() => readCheckpointInfo(other)).toThrow(CheckpointError);
    expect(() => readCheckpointInfo(Uint8Array.of(1, 2))).toThrow(CheckpointError);
  });
});

describe('tensors that the model has no place for', () => {
  const config = configOf('supervised');
  const placements = placementsOf(config);
  const plain = readSafetensors(
    writeCheckpoint(placements, new Float32Array(sizeOf(placements)), { step: 0, channels: 3, config: '' }),
  ).tensors;
  const read = (...names: string[]) => {
    const more = names.map((name) => ({ name, shape: [2], data: new Float32Array(2) }));
    return readEncoder(
      writeSafetensors([...plain, ...more]),
      placements,
      tokensOf(config, { channels: 3 }),
      new Float32Array(sizeOf(placements)),
    );
  };

  it.each([
    ['blocks.0.ls1.gamma', /LayerScale/],
    ['blocks.1.gamma_2', /LayerScale/],
    ['reg_token', /register tokens/],
    ['register_tokens', /register tokens/],
    ['dist_token', /distillation token/],
    ['blocks.0.attn.q_norm.weight', /norms of queries and keys/],
    ['blocks.0.mlp.fc1_g.weight', /SwiGLU/],
    ['blocks.0.adapter.down', /blocks\.0\.adapter\.down/],
    ['patch_embed.norm.weight', /another patch embedding/],
    ['something_new', /something_new/],
  ])('refuses %s, which the encoder computes with', (name, words) => {
    expect(() => read(name)).toThrow(CheckpointError);
    expect(() => read(name)).toThrow(words);
  });

  it('names those that a thrown-away part had', () => {
    const parts = ['decoder_blocks.0.norm1.weight', 'fc_norm.weight', 'head_position.weight', 'mask_token'];
    expect(read(...parts, 'state.first_moment').unused).toEqual(['head.weight', 'head.bias', ...parts]);
  });

  it('counts those it does not name', () => {
    const names = Array.from({ length: 9 }, (_, i) => `blocks.0.extra.${i}`);
    expect(() => read(...names)).toThrow(/extra\.3 and 5 more/);
  });
});
