/** Weights of other programs, as a file of ours: whatever reads weights here reads these then. */
import { CheckpointError } from '../../base/errors.ts';
import { quote } from '../../config/quote.ts';
import { INFO_KEYS } from '../checkpoint.ts';
import { isRunFile } from '../runFile.ts';
import { type NamedTensor, type OnTensor, readSafetensors, writeSafetensors } from '../safetensors.ts';
import { METADATA_KEY, readHeader } from '../safetensorsHeader.ts';
import { imagenetTokens } from './imagenet.ts';
import { asTimm } from './names.ts';
import { readTorchFile } from './torchFile.ts';

export type { OnTensor };

/** Zip archives begin so, and `torch.save` has written them since PyTorch 1.6. */
const ZIP = [0x50, 0x4b, 0x03, 0x04];

/**
 * A file that somebody chose as weights: of PyTorch (`.pth`, `.pt`, `.bin`), or safetensors with the names of timm or of Hugging Face's
 * ViT, ViTMAE and BEiT, of any type of numbers. Nothing in it is run.
 *
 * @param onTensor told of each tensor as it is read: large files take seconds
 * @returns safetensors with timm's names; files of ours, and what is neither, as they are
 * @throws CheckpointError when it is a damaged file of PyTorch, or one without weights
 */
export function bringIn(bytes: Uint8Array, onTensor?: OnTensor): Uint8Array {
  if (ZIP.every((byte, i) => bytes[i] === byte)) return written(readTorchFile(bytes, onTensor));
  if (isRunFile(bytes) || !isForeign(bytes)) return bytes;
  return written(readSafetensors(bytes, onTensor).tensors, readHeader(bytes).metadata);
}

function written(tensors: readonly NamedTensor[], metadata: Readonly<Record<string, string>> = {}): Uint8Array {
  const named = asTimm(tensors);
  refuseTwice(named);
  const tokens = metadata[INFO_KEYS.tokens] ?? imagenetTokens(named);
  return writeSafetensors(named, { format: 'pt', ...(tokens === undefined ? {} : { [INFO_KEYS.tokens]: tokens }) });
}

/** @throws CheckpointError when two tensors mean the same part of a model, under names of two programs, or one has the name of the header's notes */
function refuseTwice(tensors: readonly NamedTensor[]): void {
  const seen = new Set([METADATA_KEY]);
  for (const { name } of tensors) {
    if (seen.has(name))
      throw new CheckpointError(
        `Two of its tensors would be named ${quote(name)}: save the model alone, under the names of one program.`,
      );
    seen.add(name);
  }
}

/** Whether it is safetensors without settings of ours; what cannot be read is left to those who say why. */
function isForeign(bytes: Uint8Array): boolean {
  try {
    return readHeader(bytes).metadata[INFO_KEYS.config] === undefined;
  } catch {
    return false;
  }
}
