import { describe, expect, it } from 'vitest';
import { asTimm } from '../../../src/io/foreign/names.ts';
import type { NamedTensor } from '../../../src/io/safetensors.ts';

const tensor = (name: string): NamedTensor => ({ name, shape: [2], data: new Float32Array(2).fill(name.length) });
const namesOf = (names: readonly string[]): string[] => asTimm(names.map(tensor)).map(({ name }) => name);

describe('names of other programs', () => {
  it('lose what wrappers put before all of them, and only then', () => {
    expect(namesOf(['module.model.blocks.0.norm1.weight', 'module.model.norm.bias'])).toEqual([
      'blocks.0.norm1.weight',
      'norm.bias',
    ]);
    expect(namesOf(['model.norm.bias', 'head.bias'])).toEqual(['model.norm.bias', 'head.bias']);
  });

  it('of version 5 of Hugging Face’s library are understood', () => {
    const block = 'vit.layers.3.';
    expect(
      namesOf([
        'vit.embeddings.cls_token',
        ...['q', 'k', 'v', 'o'].map((part) => `${block}attention.${part}_proj.weight`),
        `${block}mlp.fc1.weight`,
        `${block}layernorm_after.bias`,
        'vit.layernorm.weight',
        'classifier.bias',
      ]),
    ).toEqual([
      'cls_token',
      'blocks.3.attn.qkv.weight',
      'blocks.3.attn.proj.weight',
      'blocks.3.mlp.fc1.weight',
      'blocks.3.norm2.bias',
      'norm.weight',
      'head.bias',
    ]);
  });

  it('of ViTMAE’s decoder are MAE’s', () => {
    expect(
      namesOf([
        'vit.embeddings.cls_token',
        'decoder.mask_token',
        'decoder.decoder_embed.weight',
        'decoder.decoder_layers.1.intermediate.dense.bias',
        'decoder.decoder_layers.1.output.dense.bias',
        'decoder.decoder_layers.1.attention.output.dense.bias',
        'decoder.decoder_pred.weight',
      ]),
    ).toEqual([
      'cls_token',
      'mask_token',
      'decoder_embed.weight',
      'decoder_blocks.1.mlp.fc1.bias',
      'decoder_blocks.1.mlp.fc2.bias',
      'decoder_blocks.1.attn.proj.bias',
      'decoder_pred.weight',
    ]);
  });

  it('join biases that stand apart, the keys’ being zero', () => {
    const [joined] = asTimm([tensor('blocks.0.attn.q_bias'), tensor('blocks.0.attn.v_bias')]);
    expect(joined).toMatchObject({ name: 'blocks.0.attn.qkv.bias', shape: [6] });
    expect(Array.from(joined.data)).toEqual([20, 20, 0, 0, 20, 20]);
    const beit = 'beit.encoder.layer.0.attention.attention.';
    const [, bias] = asTimm([tensor('beit.embeddings.cls_token'), tensor(`${beit}query.bias`), tensor(`${beit}value.bias`)]);
    expect(bias.name).toBe('blocks.0.attn.qkv.bias');
    expect(Array.from(bias.data.subarray(2, 4))).toEqual([0, 0]);
  });
});
