/** What of a file a model has no place for. */
import { CheckpointError } from '../base/errors.ts';

/**
 * Parts that are thrown away after pretraining, or belong to one read-out: without them an encoder computes the same. Positions, the
 * class token and the norm of a read-out are a model's own choice; that they are not taken is told.
 */
const APART =
  /^(head|heads|classifier|fc|pre_logits|projection_head|proj|decoder|pooler)([._]|$)|^(mask_token|encoder_mask_token|mask_position|decoder_.*|fc_norm\..*|norm\..*|cls_token|pos_embed)$|\.relative_position_(bias_table|index)$|(^|\.)num_batches_tracked$/;

/** Whether a tensor of a file is part of a run's state, and none of its model. */
export function isStateTensor(name: string): boolean {
  return name.startsWith('state.');
}

/** Names for people of what others build into the same blocks. */
const PARTS: readonly (readonly [RegExp, string])[] = [
  [/\.(ls[12]\.gamma|gamma_[12])$/, 'LayerScale'],
  [/^reg_token|^register_tokens?$/, 'register tokens'],
  [/^dist_token$|^head_dist\./, 'a distillation token'],
  [/\.attn\.(q_norm|k_norm)\./, 'norms of queries and keys'],
  [/\.attn\.norm\./, 'a norm inside attention'],
  [/\.mlp\.(fc1_[gx]|w12|w3|norm)\b/, 'another MLP (SwiGLU or a norm in it)'],
  [/^patch_embed\.(norm|backbone|proj\.\d)/, 'another patch embedding'],
];

/** Tensors that are named before the rest is counted. */
const NAMED = 4;

/**
 * The names of tensors that are not used although they are there.
 *
 * @param names of all tensors of a file
 * @param known of the model's parameters
 * @throws CheckpointError when one of them is part of what the encoder computes: with it left out the model would be another one
 */
export function leftOver(names: Iterable<string>, known: ReadonlySet<string>): string[] {
  const rest = [...names].filter((name) => !known.has(name) && !isStateTensor(name));
  const needed = rest.filter((name) => !APART.test(name));
  if (needed.length === 0) return rest;
  const parts = PARTS.filter(([pattern]) => needed.some((name) => pattern.test(name))).map(([, part]) => part);
  const listed = needed.slice(0, NAMED).join(', ');
  const more = needed.length > NAMED ? ` and ${needed.length - NAMED} more` : '';
  throw new CheckpointError(
    `The file holds what this model has no place for${parts.length === 0 ? '' : ` (${parts.join(', ')})`}: ${listed}${more}. ` +
      'Without it the encoder would compute something else, so nothing was taken.',
  );
}
