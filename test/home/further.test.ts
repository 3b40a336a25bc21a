import { describe, expect, it } from 'vitest';
import { withSetting } from '../../src/config/settings.ts';
import { further, whyNotFurther } from '../../src/home/further.ts';
import { homeModel, kindNamed } from './homeModels.ts';

const refusalOf = (kind: string) => further.refusal?.(homeModel(kindNamed(kind)));

describe('going on in PyTorch', () => {
  it.each(['MP3', 'JigsawViT', 'MAE', 'SimMIM', 'data2vec'])('is offered for %s', (kind) => {
    expect(refusalOf(kind)).toBeUndefined();
  });

  it.each([
    ['DropPos', /^DropPos does not go on/],
    ['self-distillation', /Only MP3, JigsawViT, MAE, SimMIM and data2vec 2\.0/],
    ['labels', /With labels, PyTorch programs fine-tune the folders timm/],
    ['BERT', /this one reads texts/],
    ['contrastive', /several senses/],
    ['multimodal MAE', /several senses/],
  ])('is refused of %s by name, with what can be done instead', (kind, reason) => {
    expect(refusalOf(kind)).toMatch(reason);
    expect(refusalOf(kind)).toMatch(/The run goes on in Patchwork: in the page, or with "train --resume"\./);
  });

  it('is refused of masks and front ends that the program does not draw', () => {
    const on = (kind: string, path: string, value: string | number) =>
      whyNotFurther(withSetting(homeModel(kindNamed(kind)).config, path, value));
    expect(on('MAE', 'mae.mask', 'block')).toMatch(/not with blocks/);
    expect(on('MAE', 'mae.target', 'tokens')).toMatch(/with pixels as its target only/);
    expect(on('MAE', 'mae.encoderSees', 'all')).toMatch(/sees kept patches alone/);
    expect(on('MAE', 'picture.saturation', 0.4)).toMatch(/changed colours/);
    expect(on('MP3 on sounds', 'sound.features', 'mfcc')).toMatch(/not as MFCC/);
  });
});
