/** The binary version of STL-10 (Adam Coates's page): pictures in `train_X.bin`, their labels, 1 to 10, in `train_y.bin`. */
import { BadDataError } from '../../base/errors.ts';
import { BlobReader, readBytes } from '../blobReader.ts';
import type { Entry } from '../entries.ts';
import { baseName } from '../files.ts';
import type { Raster } from '../resize.ts';
import { splitOfName } from '../splitWords.ts';
import { countText } from '../wording.ts';
import type { PictureSource } from './source.ts';

const SIDE = 96;
const PLANE = SIDE * SIDE;
const PIXELS = 3 * PLANE;
const CLASSES = ['airplane', 'bird', 'car', 'cat', 'deer', 'dog', 'horse', 'monkey', 'ship', 'truck'];

/** Whether a `.bin` file is one of STL-10's, by its name. */
export function isStl10(path: string): boolean {
  return /^(train|test|unlabell?ed)_[Xy]\.bin$/.test(baseName(path));
}

/** Whether it holds labels. */
export function isStl10Labels(path: string): boolean {
  return /_y\.bin$/.test(path);
}

/**
 * @param labels the file of the same name with `_y`
 * @throws BadDataError when the file does not consist of whole pictures, or its labels do not fit
 */
export async function openStl10(
  pictures: Entry,
  labels: Entry | undefined,
  names: readonly string[] = CLASSES,
): Promise<PictureSource> {
  const file = await pictures.open();
  const count = file.size / PIXELS;
  if (count < 1 || !Number.isInteger(count)) {
    throw new BadDataError(
      `is named like the pictures of STL-10, but ${countText(file.size)} bytes are not a whole number of ${countText(PIXELS)}-byte pictures. It may be cut off.`,
    );
  }
  const known = labels === undefined ? undefined : await readLabels(labels, count, names.length);
  const reader = new BlobReader(file);
  return {
    path: pictures.path,
    count,
    grey: false,
    split: splitOfName(pictures.path),
    classOf: (index) => (known === undefined ? undefined : names[known[index] - 1]),
    read: async (index) => transpose(await reader.read(index * PIXELS, PIXELS)),
  };
}

async function readLabels(entry: Entry, count: number, classes: number): Promise<Uint8Array> {
  const labels = await readBytes(await entry.open());
  if (labels.length !== count) {
    throw new BadDataError(
      `has ${countText(count)} pictures, and ${baseName(entry.path)} ${countText(labels.length)} labels: get both again.`,
    );
  }
  if (labels.some((label) => label < 1 || label > classes)) {
    throw new BadDataError(
      `has labels in ${baseName(entry.path)} that are not from 1 to ${classes}: they are something else, or damaged.`,
    );
  }
  return labels;
}

/** STL-10 stores a plane for each colour, column by column. */
function transpose(planes: Uint8Array): Raster {
  const data = new Uint8Array(PIXELS);
  for (let c = 0; c < 3; c++) {
    for (let x = 0; x < SIDE; x++) {
      for (let y = 0; y < SIDE; y++) data[3 * (y * SIDE + x) + c] = planes[c * PLANE + x * SIDE + y];
    }
  }
  return { width: SIDE, height: SIDE, channels: 3, data };
}
