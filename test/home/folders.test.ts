/** The tables of names for timm and transformers, both ways. */
import { describe, expect, it } from 'vitest';
import type { HomeFile, HomeModel, HomePart } from '../../src/home/part.ts';
import { pictureModel } from '../../src/home/pictureModel.ts';
import { timm } from '../../src/home/timm.ts';
import { transformers } from '../../src/home/transformers.ts';
import { type NamedTensor, readSafetensors } from '../../src/io/safetensors.ts';
import { homeModel, KINDS, kindNamed } from './homeModels.ts';

const PICTURES = KINDS.filter(({ dataset }) => dataset === 'scenes');
const CASES = PICTURES.flatMap((kind) => ([1, 3] as const).map((channels) => ({ name: kind.name, kind, channels })));

function built(part: HomePart, model: HomeModel): Map<string, HomeFile> {
  return new Map([...(part.build(model) as Iterable<HomeFile>)].map((file) => [file.path, file]));
}

const tensorsIn = (files: Map<string, HomeFile>, path: string) =>
  readSafetensors(files.get(path)?.bytes ?? new Uint8Array()).tensors;
const jsonIn = (files: Map<string, HomeFile>, path: string) =>
  JSON.parse(new TextDecoder().decode(files.get(path)?.bytes)) as Record<string, unknown>;

/** transformers' names back to timm's: a prefix is taken away, then one rule of these is. */
const BACK: readonly (readonly [RegExp, string])[] = [
  [/^embeddings\.(cls_token|mask_token)$/, '$1'],
  [/^embeddings\.position_embeddings$/, 'pos_embed'],
  [/^embeddings\.patch_embeddings\.projection\./, 'patch_embed.proj.'],
  [/^(?:decoder\.)?encoder\.layer\.(\d+)\./, 'blocks.$1.'],
  [/^decoder\.decoder_layers\.(\d+)\./, 'decoder_blocks.$1.'],
  [/^decoder\.((?:mask_token|decoder_).*)$/, '$1'],
  [/^pooler\.layernorm\./, 'fc_norm.'],
  [/^layernorm\./, 'norm.'],
  [/^classifier\./, 'head.'],
  [/^decoder\.0\./, 'head_pixels.'],
  [/attention\.attention\.(query|key|value)\./, 'attn.$1.'],
  [/attention\.attention\.relative_position_bias\./, 'attn.'],
  [/attention\.output\.dense\./, 'attn.proj.'],
  [/intermediate\.dense\./, 'mlp.fc1.'],
  [/output\.dense\./, 'mlp.fc2.'],
  [/layernorm_before\./, 'norm1.'],
  [/layernorm_after\./, 'norm2.'],
];

function backName(name: string): string {
  return BACK.reduce((so, [from, to]) => so.replace(from, to), name.replace(/^(vit|beit)\./, ''));
}

/** (rows) of channel, row, column to row, column, channel. */
function unshuffled({ data, shape }: NamedTensor, channels: number): Float32Array {
  const rows = shape[0] ?? 0;
  const width = data.length / rows;
  const places = rows / channels;
  const back = new Float32Array(data.length);
  for (let to = 0; to < rows; to++) {
    const from = (to % channels) * places + Math.floor(to / channels);
    back.set(data.subarray(from * width, (from + 1) * width), to * width);
  }
  return back;
}

function expectSame(actual: Float32Array | undefined, wanted: Float32Array, name: string): void {
  expect(actual?.length, name).toBe(wanted.length);
  expect(
    actual?.every((value, i) => Object.is(value, wanted[i])),
    name,
  ).toBe(true);
}

describe('tensors for transformers', () => {
  it.each(CASES)('come back as ours: $name, $channels channels', ({ kind, channels }) => {
    const model = homeModel(kind, channels);
    if (transformers.refusal?.(model) !== undefined) return;
    const { tensors, heads, paints } = pictureModel(model);
    const files = built(transformers, model);
    const found = new Map<string, Float32Array>();
    for (const tensor of tensorsIn(files, 'transformers/model.safetensors')) {
      const name = backName(tensor.name);
      found.set(name, name.startsWith('head_pixels.') ? unshuffled(tensor, channels) : tensor.data);
    }
    const config = jsonIn(files, 'transformers/config.json');
    expect(config).toMatchObject({ layer_norm_eps: 1e-6, num_attention_heads: heads, num_channels: channels, image_size: 28 });
    const isBeit = config.model_type === 'beit';
    for (const [name, { data }] of tensors) {
      const [, block = '', kindOf = ''] = /^(.*\.attn)\.qkv\.(weight|bias)$/.exec(name) ?? [];
      if (block === '') {
        if (found.has(name)) expectSame(found.get(name), data, name);
        // A decoder that is not as published is none of transformers', and its mask token goes with it.
        else if (paints || !/mask_token$/.test(name))
          expect(['head_position', 'mask_position', 'decoder_']).toContain(
            /^(head_position|mask_position|decoder_)/.exec(name)?.[1],
          );
        found.delete(name);
        continue;
      }
      for (const [i, part] of ['query', 'key', 'value'].entries()) {
        const own = `${block}.${part}.${kindOf}`;
        if (isBeit && part === 'key' && kindOf === 'bias') expect(found.has(own)).toBe(false);
        else if (found.has(own) || !/^decoder_/.test(name))
          expectSame(found.get(own), data.subarray((i * data.length) / 3, ((i + 1) * data.length) / 3), own);
        found.delete(own);
      }
    }
    // ViT always adds positions: where there are none they are 0.
    const rest = [...found];
    expect(rest.map(([name]) => name)).toEqual(tensors.has('pos_embed') || isBeit ? [] : ['pos_embed']);
    for (const [, data] of rest) expect(data.every((value) => value === 0)).toBe(true);
  });

  it('tell the names of classes, and how to prepare a picture', () => {
    const files = built(transformers, homeModel(kindNamed('labels')));
    expect(jsonIn(files, 'transformers/config.json')).toMatchObject({
      architectures: ['ViTForImageClassification'],
      id2label: { 0: 'dog', 1: 'cat', 2: 'owl' },
    });
    const prepare = jsonIn(files, 'transformers/preprocessor_config.json');
    expect(prepare).toMatchObject({ size: { height: 28, width: 28 }, image_mean: [120 / 255, 110 / 255, 100 / 255] });
  });
});

describe('tensors for timm', () => {
  it.each(CASES)('are ours, without what it does not know: $name, $channels channels', ({ kind, channels }) => {
    const model = homeModel(kind, channels);
    if (timm.refusal?.(model) !== undefined) return;
    const { tensors } = pictureModel(model);
    const found = tensorsIn(built(timm, model), 'timm/model.safetensors');
    for (const { name, data } of found) {
      const [, block, part] = /^(.*\.attn)\.([qv])_bias$/.exec(name) ?? [];
      const whole = tensors.get(block === undefined ? name : `${block}.qkv.bias`)?.data ?? new Float32Array();
      const third = whole.length / 3;
      expectSame(
        data,
        block === undefined ? whole : whole.subarray(part === 'q' ? 0 : 2 * third, part === 'q' ? third : 3 * third),
        name,
      );
    }
    expect(found.some(({ name }) => /^(decoder|mask|head_)/.test(name))).toBe(false);
  });
});

describe('what other libraries have no model for', () => {
  it('is said in words', () => {
    const refusal = (part: HomePart, name: string) => part.refusal?.(homeModel(kindNamed(name)));
    expect(refusal(timm, 'data2vec')).toBe(
      'timm has no model with its norms after the branches, as data2vec 2.0 has them: take PyTorch or ONNX.',
    );
    expect(refusal(transformers, 'MP3 without a class token')).toMatch('have a class token, and this model has none');
    expect(refusal(timm, 'MP3 without a class token')).toBeUndefined();
    expect(refusal(transformers, 'MAE on sounds')).toMatch('read pictures, this model reads sounds: take PyTorch or ONNX.');
    expect(refusal(timm, 'contrastive')).toMatch('this model reads pairs');
  });
});
