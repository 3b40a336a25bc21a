/** A folder that `timm.create_model('local-dir:timm', pretrained=True)` loads, strictly. */
import { type NamedTensor, writeSafetensors } from '../io/safetensors.ts';
import type { HomeFile, HomeModel, HomePart } from './part.ts';
import { jsonFile, type PictureModel, pictureModel, refusePictures, thirdOf } from './pictureModel.ts';
import { statisticsOf } from './statistics.ts';

/** What timm’s models of this kind have; decoders and mask tokens are none of it. */
const KNOWN = /^(patch_embed|blocks|norm|fc_norm|head)\.|^(cls_token|pos_embed)$/;

export const timm: HomePart = {
  id: 'timm',
  label: 'timm',
  help: 'The encoder, with its head after labels, as a folder for timm.create_model.',
  path: ['timm/'],
  refusal: (model) => refusePictures(model, 'timm'),
  build: function* (model): Generator<HomeFile, void> {
    yield jsonFile('timm/config.json', timmConfig(model));
    yield { path: 'timm/model.safetensors', bytes: writeSafetensors(timmTensors(pictureModel(model)), { format: 'pt' }) };
  },
};

export function timmTensors({ tensors }: PictureModel): NamedTensor[] {
  const known = [...tensors.values()].filter(({ name }) => KNOWN.test(name));
  return isRelative(tensors) ? known.flatMap(asBeit) : known;
}

function isRelative(tensors: ReadonlyMap<string, unknown>): boolean {
  return tensors.has('blocks.0.attn.relative_position_bias_table');
}

/** BEiT has no bias of keys: it adds the same to all scores of a query, which softmax does not see. */
function asBeit(tensor: NamedTensor): NamedTensor[] {
  const [, block] = /^(.*\.attn)\.qkv\.bias$/.exec(tensor.name) ?? [];
  if (block === undefined) return [tensor];
  return [thirdOf(tensor, 0, `${block}.q_bias`), thirdOf(tensor, 2, `${block}.v_bias`)];
}

function timmConfig(model: HomeModel): object {
  const picture = pictureModel(model);
  const { tensors, classes, channels, size, width, labels } = picture;
  const pool = picture.pooling === 'mean' || !tensors.has('cls_token') ? 'avg' : 'token';
  const { mean, deviation } = statisticsOf(model);
  const beit = isRelative(tensors);
  return {
    architecture: beit ? 'beit_base_patch16_224' : 'vit_tiny_patch16_224',
    num_classes: classes,
    num_features: width,
    global_pool: pool,
    ...(classes === 0 ? {} : { label_names: labels }),
    model_args: { ...sharedArgs(picture, pool), ...(beit ? beitArgs(picture) : vitArgs(picture)) },
    pretrained_cfg: {
      input_size: [channels, size, size],
      fixed_input_size: true,
      interpolation: 'box',
      crop_pct: 1,
      mean: mean.map((value) => value / 255),
      std: deviation.map((value) => value / 255),
      num_classes: classes,
      first_conv: 'patch_embed.proj',
      classifier: 'head',
    },
  };
}

function sharedArgs({ size, patch, channels, width, depth, heads, classes }: PictureModel, pool: string) {
  return {
    img_size: size,
    patch_size: patch,
    in_chans: channels,
    embed_dim: width,
    depth,
    num_heads: heads,
    num_classes: classes,
    global_pool: pool,
  };
}

function vitArgs({ tensors }: PictureModel) {
  return {
    class_token: tensors.has('cls_token'),
    pos_embed: tensors.has('pos_embed') ? 'learn' : 'none',
    // Else timm would norm a mean of tokens that no norm has seen.
    fc_norm: tensors.has('fc_norm.weight'),
  };
}

function beitArgs({ tensors }: PictureModel) {
  return { use_abs_pos_emb: tensors.has('pos_embed'), use_rel_pos_bias: true, init_values: 0 };
}
