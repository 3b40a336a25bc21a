/** Names that other programs give to the parts of a Vision Transformer, as timm's, which are ours. */
import type { NamedTensor } from '../safetensors.ts';

/** What trainings and wrappers put before the names of the model inside them. */
const WRAPPERS = /^(module|_orig_mod|model|backbone|base_model|network|student|teacher)\./;
/** The models of Hugging Face's classes. */
const MODELS = /^(vit|beit|deit|dinov2)\./;

/** Of Hugging Face, before and since version 5 of its library: [pattern, what it is in timm]. */
const RENAMED: readonly (readonly [RegExp, string])[] = [
  [/^embeddings\.patch_embeddings\.projection\./, 'patch_embed.proj.'],
  [/^embeddings\.cls_token$/, 'cls_token'],
  [/^embeddings\.mask_token$/, 'mask_token'],
  [/^embeddings\.position_embeddings$/, 'pos_embed'],
  [/^(?:encoder\.layer|layers)\.(\d+)\./, 'blocks.$1.'],
  [/^decoder\.decoder_layers\.(\d+)\./, 'decoder_blocks.$1.'],
  [/^decoder\.(decoder_embed|decoder_norm|decoder_pred|decoder_pos_embed|mask_token)/, '$1'],
  [/^(blocks\.\d+|decoder_blocks\.\d+)\.layernorm_before\./, '$1.norm1.'],
  [/^(blocks\.\d+|decoder_blocks\.\d+)\.layernorm_after\./, '$1.norm2.'],
  [/^(\w+\.\d+)\.attention\.(?:attention\.)?(query|key|value)\./, '$1.attn.$2.'],
  [/^(\w+\.\d+)\.attention\.([qkv])_proj\./, '$1.attn.$2.'],
  [/\.attn\.q\./, '.attn.query.'],
  [/\.attn\.k\./, '.attn.key.'],
  [/\.attn\.v\./, '.attn.value.'],
  [/^(\w+\.\d+)\.attention\.(?:output\.dense|o_proj)\./, '$1.attn.proj.'],
  [/^(\w+\.\d+)\.attention\.(?:attention\.)?relative_position_bias\./, '$1.attn.'],
  [/^(\w+\.\d+)\.intermediate\.dense\./, '$1.mlp.fc1.'],
  [/^(\w+\.\d+)\.output\.dense\./, '$1.mlp.fc2.'],
  [/^layernorm\./, 'norm.'],
  [/^pooler\.layernorm\./, 'fc_norm.'],
  [/^classifier\./, 'head.'],
];

const THIRD = /^(.+\.attn\.)(query|key|value)\.(weight|bias)$/;
const THIRDS = ['query', 'key', 'value'] as const;
/** BEiT's in timm: a bias for queries and one for values. */
const SPLIT_BIAS = /^(.+\.attn\.)([qv])_bias$/;

/** Tensors under timm's names, queries, keys and values in one; those that are named so already as they are. */
export function asTimm(tensors: readonly NamedTensor[]): NamedTensor[] {
  const unwrapped = withoutWrappers(tensors);
  const foreign = unwrapped.some(({ name }) => /^(embeddings\.|encoder\.layer\.|layers\.\d)/.test(name.replace(MODELS, '')));
  const renamed = foreign ? unwrapped.map((tensor) => ({ ...tensor, name: timmName(tensor.name) })) : unwrapped;
  return withJoinedBias(withJoinedThirds(renamed));
}

/** A wrapper's name goes where it stands before all names, again and again. */
function withoutWrappers(tensors: readonly NamedTensor[]): NamedTensor[] {
  let named = [...tensors];
  for (;;) {
    const [first] = named;
    const wrapper = first === undefined ? undefined : WRAPPERS.exec(first.name)?.[0];
    if (wrapper === undefined || !named.every(({ name }) => name.startsWith(wrapper))) return named;
    named = named.map((tensor) => ({ ...tensor, name: tensor.name.slice(wrapper.length) }));
  }
}

function timmName(name: string): string {
  return RENAMED.reduce((so, [pattern, timm]) => so.replace(pattern, timm), name.replace(MODELS, ''));
}

/** `attn.query`, `attn.key` and `attn.value` as `attn.qkv`; a missing bias of the keys is zero, which no score sees. */
function withJoinedThirds(tensors: readonly NamedTensor[]): NamedTensor[] {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  return tensors.flatMap((tensor) => {
    const [, block, third, kind] = THIRD.exec(tensor.name) ?? [];
    if (third === undefined) return [tensor];
    if (third !== 'query') return byName.has(`${block}query.${kind}`) ? [] : [tensor];
    const data = new Float32Array(3 * tensor.data.length);
    for (const [i, one] of THIRDS.entries()) {
      const found = byName.get(`${block}${one}.${kind}`);
      if (found !== undefined && found.data.length !== tensor.data.length) return [tensor];
      if (found !== undefined) data.set(found.data, i * tensor.data.length);
      else if (one !== 'key' || kind !== 'bias') return [tensor];
    }
    const [rows = 0, ...others] = tensor.shape;
    return [{ name: `${block}qkv.${kind}`, shape: [3 * rows, ...others], data }];
  });
}

function withJoinedBias(tensors: readonly NamedTensor[]): NamedTensor[] {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  return tensors.flatMap((tensor) => {
    const [, block, part] = SPLIT_BIAS.exec(tensor.name) ?? [];
    if (part === undefined) return [tensor];
    const [q, v] = [byName.get(`${block}q_bias`), byName.get(`${block}v_bias`)];
    if (q === undefined || v === undefined || q.data.length !== v.data.length) return [tensor];
    if (part === 'v') return [];
    const width = q.data.length;
    const data = new Float32Array(3 * width);
    data.set(q.data);
    data.set(v.data, 2 * width);
    return [{ name: `${block}qkv.bias`, shape: [3 * width], data }];
  });
}
