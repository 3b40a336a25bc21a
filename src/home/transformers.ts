/** A folder that Hugging Face's transformers loads with `from_pretrained`, under the names that its published models have. */
import { writeSafetensors } from '../io/safetensors.ts';
import { modelFiles } from './onnx.ts';
import type { HomeFile, HomeModel, HomePart } from './part.ts';
import { jsonFile, type PictureModel, pictureModel, refusePictures } from './pictureModel.ts';
import { statisticsOf } from './statistics.ts';
import { type Architecture, architectureOf, transformersTensors } from './transformersNames.ts';

/** Pixels are averaged over areas when a picture is made smaller. */
const BOX = 4;

export const transformers: HomePart = {
  id: 'transformers',
  label: 'transformers',
  help: 'The model as a folder for Hugging Face’s from_pretrained, with what prepares pictures for it.',
  path: ['transformers/'],
  refusal,
  build: function* (model): Generator<HomeFile, void> {
    const picture = pictureModel(model);
    const architecture = architectureOf(picture);
    yield jsonFile('transformers/config.json', configOf(model, picture, architecture));
    yield jsonFile('transformers/preprocessor_config.json', preprocessor(model, picture));
    const tensors = transformersTensors(picture, architecture);
    yield { path: 'transformers/model.safetensors', bytes: writeSafetensors(tensors, { format: 'pt' }) };
    // Where transformers.js looks for it.
    const { value: whole } = modelFiles(model).next();
    if (whole !== undefined) yield { path: 'transformers/onnx/model.onnx', bytes: whole.bytes };
  },
};

function refusal(model: HomeModel): string | undefined {
  const reason = refusePictures(model, 'transformers');
  if (reason !== undefined || model.objective.spec.classToken) return reason;
  return 'transformers’ Vision Transformers have a class token, and this model has none: take timm, PyTorch or ONNX.';
}

const MODEL_TYPES: Readonly<Record<Architecture, string>> = {
  ViTMAEForPreTraining: 'vit_mae',
  ViTForMaskedImageModeling: 'vit',
  ViTForImageClassification: 'vit',
  ViTModel: 'vit',
  BeitForImageClassification: 'beit',
};

function configOf(model: HomeModel, picture: PictureModel, architecture: Architecture): object {
  const { width, depth, heads, size, patch, channels, classes, labels } = picture;
  return {
    architectures: [architecture],
    model_type: MODEL_TYPES[architecture],
    hidden_size: width,
    num_hidden_layers: depth,
    num_attention_heads: heads,
    intermediate_size: model.objective.spec.mlpRatio * width,
    hidden_act: 'gelu',
    // Not the default of 1e-12.
    layer_norm_eps: 1e-6,
    image_size: size,
    patch_size: patch,
    num_channels: channels,
    qkv_bias: true,
    hidden_dropout_prob: 0,
    attention_probs_dropout_prob: 0,
    initializer_range: 0.02,
    ...(classes === 0
      ? {}
      : {
          id2label: Object.fromEntries(labels.map((label, id) => [id, label])),
          label2id: Object.fromEntries(labels.map((label, id) => [label, id])),
        }),
    ...special(model, picture, architecture),
  };
}

function special({ config }: HomeModel, { patch, tensors, pooling }: PictureModel, architecture: Architecture): object {
  switch (architecture) {
    case 'ViTMAEForPreTraining':
      return {
        mask_ratio: config.task.maskRatio,
        norm_pix_loss: config.mae.target === 'normalised',
        decoder_hidden_size: config.mae.decoderWidth,
        decoder_num_hidden_layers: config.mae.decoderDepth,
        decoder_num_attention_heads: config.mae.decoderWidth / 32,
        decoder_intermediate_size: 4 * config.mae.decoderWidth,
      };
    case 'ViTForMaskedImageModeling':
      return { encoder_stride: patch };
    case 'BeitForImageClassification':
      return {
        use_absolute_position_embeddings: tensors.has('pos_embed'),
        use_relative_position_bias: tensors.has('blocks.0.attn.relative_position_bias_table'),
        use_shared_relative_position_bias: false,
        layer_scale_init_value: 0,
        drop_path_rate: 0,
        use_mask_token: false,
        use_mean_pooling: pooling === 'mean',
      };
    default:
      return {};
  }
}

function preprocessor(model: HomeModel, { size }: PictureModel): object {
  const { mean, deviation } = statisticsOf(model);
  return {
    image_processor_type: 'ViTImageProcessor',
    do_resize: true,
    size: { height: size, width: size },
    resample: BOX,
    do_rescale: true,
    rescale_factor: 1 / 255,
    do_normalize: true,
    image_mean: mean.map((value) => value / 255),
    image_std: deviation.map((value) => value / 255),
  };
}
