/** How pictures are normalised for weights that do not say it. */
import type { NamedTensor } from '../safetensors.ts';

/** Mean and deviation of ImageNet's training pictures, 0..1, as torchvision, MAE, DeiT and DINO have them. */
const MEAN = [0.485, 0.456, 0.406];
const DEVIATION = [0.229, 0.224, 0.225];

/** As `Tokenizer.recipe` has it, JSON; undefined for what does not read pictures. Grey pictures have the mean of the channels, as in timm. */
export function imagenetTokens(tensors: readonly NamedTensor[]): string | undefined {
  const channels = tensors.find(({ name }) => name === 'patch_embed.proj.weight')?.shape[1];
  if (channels !== 1 && channels !== 3) return undefined;
  const scaled = (values: readonly number[]): number[] => {
    const all = values.map((value) => 255 * value);
    return channels === 3 ? all : [all.reduce((sum, value) => sum + value, 0) / all.length];
  };
  return JSON.stringify({ modality: 'picture', mean: scaled(MEAN), deviation: scaled(DEVIATION) });
}
