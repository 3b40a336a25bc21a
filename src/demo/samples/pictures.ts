/** Pictures: what is brought becomes the middle square at the model's size, as in training. */
import { inkOf } from '../../data/pairs/drawnQuery.ts';
import { patchify, unpatchify } from '../../data/patchify.ts';
import { squarePixels } from '../../data/resize.ts';
import { context, h } from '../dom.ts';
import type { PictureInput } from '../manifest.ts';
import { cellsOf, type Drawing, type Sample } from './drawing.ts';

/** Larger pictures are brought down by the browser first. */
const LARGEST = 2048;

/** (size, size, channels) bytes as a sample. */
export function pictureSample(input: PictureInput, pixels: Uint8Array): Sample {
  const { size, channels, patch, mean, deviation } = input;
  const numbers = Float32Array.from(pixels, (value, i) => (value - mean[i % channels]) / deviation[i % channels]);
  return { tokens: patchify(numbers, size, channels, patch), drawing: drawingOf(input) };
}

export async function pictureFromFile(input: PictureInput, file: Blob): Promise<Sample> {
  const bitmap = await createImageBitmap(file, { colorSpaceConversion: 'none' });
  try {
    return pictureFrom(input, bitmap, bitmap.width, bitmap.height);
  } finally {
    bitmap.close();
  }
}

/** What a source shows now: a bitmap, or a video. */
export function pictureFrom(input: PictureInput, source: CanvasImageSource, width: number, height: number): Sample {
  const scale = Math.min(1, LARGEST / Math.max(width, height));
  const canvas = h('canvas', { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) });
  const drawn = context(canvas);
  drawn.drawImage(source, 0, 0, canvas.width, canvas.height);
  const { data } = drawn.getImageData(0, 0, canvas.width, canvas.height);
  const raster = { width: canvas.width, height: canvas.height, channels: 4 as const, data };
  const pixels = squarePixels(raster, input.size, input.channels);
  return pictureSample(input, input.strokes === true ? onPaper(input, pixels) : pixels);
}

/** Dark strokes on light paper, whatever they were. */
function onPaper({ size, channels }: PictureInput, pixels: Uint8Array): Uint8Array {
  const { ink } = inkOf({ modality: 'picture', count: 1, size, channels, pixels, classes: [] });
  return ink.map((value) => 255 - value);
}

function drawingOf({ size, channels, patch, mean, deviation }: PictureInput): Drawing {
  const side = size / patch;
  return {
    width: size,
    height: size,
    rows: side,
    columns: side,
    cells: cellsOf(size, size, side, side),
    draw(tokens) {
      const pixels = unpatchify(tokens, size, channels, patch);
      const image = new ImageData(size, size);
      for (let i = 0; i < size * size; i++) {
        for (let c = 0; c < 3; c++) {
          const channel = c % channels;
          image.data[4 * i + c] = pixels[i * channels + channel] * deviation[channel] + mean[channel];
        }
        image.data[4 * i + 3] = 255;
      }
      return image;
    },
  };
}
