/** The binary version of CIFAR-10 and CIFAR-100 (Alex Krizhevsky's page): records of a label or two and 3 x 32 x 32 bytes. */
import { BadDataError } from '../../base/errors.ts';
import { BlobReader } from '../blobReader.ts';
import type { Pace } from '../pace.ts';
import type { Raster } from '../resize.ts';
import { countText } from '../wording.ts';
import { interleave } from './interleave.ts';

const SIDE = 32;
const PIXELS = 3 * SIDE * SIDE;

interface Version {
  name: string;
  labelBytes: 1 | 2;
  /** Classes that each label byte may name; the last is the one that is learnt. */
  classes: readonly number[];
}

const CIFAR_10: Version = { name: 'CIFAR-10', labelBytes: 1, classes: [10] };
const CIFAR_100: Version = { name: 'CIFAR-100', labelBytes: 2, classes: [20, 100] };

const CIFAR_10_CLASSES = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];

export interface CifarBatch {
  count: number;
  /** Class of each picture: the only label of CIFAR-10, the fine one of CIFAR-100. */
  labels: Uint8Array;
  /** What the labels mean, when the data set's own list of names did not come along. */
  classNames: readonly string[];
  /** The file that lists the names, as in the official archives. */
  namesFile: string;
  read(index: number): Promise<Raster>;
}

/** Opens a batch. Throws BadDataError when the file does not consist of whole records with labels in their range. */
export async function openCifar(file: Blob, pace: Pace, task: string): Promise<CifarBatch> {
  const fitting = [CIFAR_10, CIFAR_100].filter((version) => file.size > 0 && file.size % (version.labelBytes + PIXELS) === 0);
  if (fitting.length === 0) {
    throw new BadDataError(
      `is no CIFAR batch: ${countText(file.size)} bytes are not a whole number of 3,073-byte (CIFAR-10) or 3,074-byte (CIFAR-100) records. It may be cut off.`,
    );
  }
  for (const version of fitting) {
    const labels = await readLabels(file, version, pace, task);
    if (labels !== undefined) return openBatch(file, version, labels);
  }
  throw new BadDataError('has the length of a CIFAR batch, but its labels are out of range: it is something else, or damaged.');
}

/** Undefined when a label is out of range. */
async function readLabels(file: Blob, version: Version, pace: Pace, task: string): Promise<Uint8Array | undefined> {
  const reader = new BlobReader(file);
  const record = version.labelBytes + PIXELS;
  const labels = new Uint8Array(file.size / record);
  for (let i = 0; i < labels.length; i++) {
    await pace.tick(task, i, labels.length);
    const bytes = await reader.read(i * record, version.labelBytes);
    if (bytes.some((label, k) => label >= (version.classes[k] ?? 0))) return undefined;
    labels[i] = bytes[version.labelBytes - 1];
  }
  return labels;
}

function openBatch(file: Blob, { labelBytes }: Version, labels: Uint8Array): CifarBatch {
  const reader = new BlobReader(file);
  return {
    count: labels.length,
    labels,
    classNames: labelBytes === 1 ? CIFAR_10_CLASSES : Array.from({ length: 100 }, (_, label) => `class ${label}`),
    namesFile: labelBytes === 1 ? 'batches.meta.txt' : 'fine_label_names.txt',
    read: async (index) => {
      const planes = await reader.read(index * (labelBytes + PIXELS) + labelBytes, PIXELS);
      return { width: SIDE, height: SIDE, channels: 3, data: interleave(planes, 3) };
    },
  };
}
