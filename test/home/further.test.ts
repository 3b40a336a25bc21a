import { describe, expect, it } from 'vitest';
import { further } from '../../src/home/further.ts';
import { homeModel, kindNamed } from './homeModels.ts';

const refusalOf = (kind: string) => further.refusal?.(homeModel(kindNamed(kind)));

describe('going on in PyTorch', () => {
  it.each(['MP3', 'JigsawViT', 'MAE', 'SimMIM', 'data2vec'])('is offered for %s', (kind) => {
    expect(refusalOf(kind)).toBeUndefined();
  });

  it('is refused where the program would refuse it, by name', () => {
    expect(refusalOf('DropPos')).toContain('DropPos');
    expect(refusalOf('self-distillation')).toContain('elf-distillation');
    expect(refusalOf('labels')).toContain('only MP3, MAE, SimMIM and data2vec 2.0');
  });
});
