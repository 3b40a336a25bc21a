/** How tensors of timm's names are called in transformers' ViT, ViTMAE and Beit. */
import type { NamedTensor } from '../io/safetensors.ts';
import { get, type PictureModel, type Tensors, thirdOf } from './pictureModel.ts';

export type Architecture =
  | 'ViTMAEForPreTraining'
  | 'ViTForMaskedImageModeling'
  | 'ViTForImageClassification'
  | 'BeitForImageClassification'
  | 'ViTModel';

const TABLE = 'attn.relative_position_bias_table';

/** Beit where positions are relative or a mean of patches is read out behind a norm of its own: ViT has neither. */
export function architectureOf({ tensors, paints }: PictureModel): Architecture {
  if (tensors.has('decoder_pred.weight')) return paints ? 'ViTMAEForPreTraining' : 'ViTModel';
  if (tensors.has('head_pixels.weight')) return 'ViTForMaskedImageModeling';
  if (!tensors.has('head.weight')) return 'ViTModel';
  return tensors.has(`blocks.0.${TABLE}`) || tensors.has('fc_norm.weight')
    ? 'BeitForImageClassification'
    : 'ViTForImageClassification';
}

export function transformersTensors(picture: PictureModel, architecture: Architecture): NamedTensor[] {
  const { tensors, depth } = picture;
  const beit = architecture === 'BeitForImageClassification';
  const root = architecture === 'ViTModel' ? '' : beit ? 'beit.' : 'vit.';
  const blocks = Array.from({ length: depth }, (_, i) => blockTensors(tensors, `blocks.${i}`, `${root}encoder.layer.${i}`, beit));
  return [
    ...embeddings(picture, root, beit),
    ...blocks.flat(),
    ...renamed(tensors, 'norm', `${root}layernorm`),
    ...renamed(tensors, 'fc_norm', `${root}pooler.layernorm`),
    ...renamed(tensors, 'head', 'classifier'),
    ...(architecture === 'ViTMAEForPreTraining' ? maeDecoder(tensors) : []),
    ...(architecture === 'ViTForMaskedImageModeling' ? simmimDecoder(picture) : []),
  ];
}

function embeddings({ tensors, size, patch, width }: PictureModel, root: string, beit: boolean): NamedTensor[] {
  const rows = (size / patch) ** 2 + 1;
  // ViT always adds some: without any, zeros are the same.
  const none = { shape: [1, rows, width], data: new Float32Array(rows * width) };
  const positions = tensors.get('pos_embed') ?? (beit ? undefined : none);
  return [
    { ...get(tensors, 'cls_token'), name: `${root}embeddings.cls_token` },
    ...(positions === undefined ? [] : [{ ...positions, name: `${root}embeddings.position_embeddings` }]),
    ...renamed(tensors, 'patch_embed.proj', `${root}embeddings.patch_embeddings.projection`),
  ];
}

/** Weight and bias, where they are there. */
function renamed(tensors: Tensors, from: string, to: string): NamedTensor[] {
  return ['weight', 'bias'].flatMap((kind) => {
    const tensor = tensors.get(`${from}.${kind}`);
    return tensor === undefined ? [] : [{ ...tensor, name: `${to}.${kind}` }];
  });
}

const PARTS = ['query', 'key', 'value'] as const;
const IN_BLOCK: readonly (readonly [from: string, to: string])[] = [
  ['attn.proj', 'attention.output.dense'],
  ['mlp.fc1', 'intermediate.dense'],
  ['mlp.fc2', 'output.dense'],
  ['norm1', 'layernorm_before'],
  ['norm2', 'layernorm_after'],
];

function blockTensors(tensors: Tensors, from: string, to: string, beit: boolean): NamedTensor[] {
  const projections = PARTS.flatMap((part, i) =>
    ['weight', 'bias']
      // Beit's keys have none: it adds the same to all scores of a query, which softmax does not see.
      .filter((kind) => !(beit && part === 'key' && kind === 'bias'))
      .map((kind) =>
        thirdOf(get(tensors, `${from}.attn.qkv.${kind}`), i as 0 | 1 | 2, `${to}.attention.attention.${part}.${kind}`),
      ),
  );
  const table = tensors.get(`${from}.${TABLE}`);
  const bias = `${to}.attention.attention.relative_position_bias.relative_position_bias_table`;
  return [
    ...projections,
    ...IN_BLOCK.flatMap(([own, theirs]) => renamed(tensors, `${from}.${own}`, `${to}.${theirs}`)),
    ...(table === undefined ? [] : [{ ...table, name: bias }]),
  ];
}

function maeDecoder(tensors: Tensors): NamedTensor[] {
  const single = ['mask_token', 'decoder_pos_embed'].map((name) => ({ ...get(tensors, name), name: `decoder.${name}` }));
  const layers = ['decoder_embed', 'decoder_norm', 'decoder_pred'].flatMap((name) => renamed(tensors, name, `decoder.${name}`));
  const depth = new Set([...tensors.keys()].map((name) => /^decoder_blocks\.(\d+)\./.exec(name)?.[1]).filter(Boolean)).size;
  const blocks = Array.from({ length: depth }, (_, i) =>
    blockTensors(tensors, `decoder_blocks.${i}`, `decoder.decoder_layers.${i}`, false),
  );
  return [...single, ...layers, ...blocks.flat()];
}

/** A convolution of one pixel whose channels PixelShuffle spreads over a patch: by channel, row and column, not by row, column and channel. */
function simmimDecoder({ tensors, patch, channels, width }: PictureModel): NamedTensor[] {
  const weight = get(tensors, 'head_pixels.weight');
  const bias = get(tensors, 'head_pixels.bias');
  const places = patch * patch;
  const moved = { weight: new Float32Array(weight.data.length), bias: new Float32Array(bias.data.length) };
  for (let from = 0; from < bias.data.length; from++) {
    const to = (from % channels) * places + Math.floor(from / channels);
    moved.bias[to] = bias.data[from];
    moved.weight.set(weight.data.subarray(from * width, (from + 1) * width), to * width);
  }
  return [
    { ...get(tensors, 'mask_token'), name: 'vit.embeddings.mask_token' },
    { name: 'decoder.0.weight', shape: [bias.data.length, width, 1, 1], data: moved.weight },
    { name: 'decoder.0.bias', shape: [bias.data.length], data: moved.bias },
  ];
}
