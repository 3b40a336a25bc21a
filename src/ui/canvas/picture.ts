/** Pictures of a set as canvases that can be cut into pieces. */
import { invariant } from '../../base/invariant.ts';
import { type Gallery, rasterAt } from '../../data/gallery.ts';

let drawn = new WeakMap<Gallery, Map<number, HTMLCanvasElement>>();

/** Picture `index` at its own size. Drawn once and kept as long as its set. */
export function pictureCanvas(set: Gallery, index: number): HTMLCanvasElement {
  const known = drawn.get(set) ?? new Map<number, HTMLCanvasElement>();
  drawn.set(set, known);
  const found = known.get(index);
  if (found !== undefined) return found;
  const canvas = document.createElement('canvas');
  canvas.width = set.width;
  canvas.height = set.height;
  context2d(canvas).putImageData(new ImageData(toRgba(rasterAt(set, index), set.channels), set.width), 0, 0);
  known.set(index, canvas);
  return canvas;
}

/** What was drawn is lost: the next ones are drawn anew. */
export function forgetPictures(): void {
  drawn = new WeakMap();
}

/** (height, width, channels) -> (height, width, 4), opaque. */
export function toRgba(pixels: Uint8Array, channels: 1 | 3): Uint8ClampedArray<ArrayBuffer> {
  const count = pixels.length / channels;
  const rgba = new Uint8ClampedArray(count * 4);
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < 3; c++) rgba[4 * i + c] = pixels[channels * i + (channels === 3 ? c : 0)];
    rgba[4 * i + 3] = 255;
  }
  return rgba;
}

export function context2d(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  invariant(context, 'a canvas without a 2d context');
  return context;
}
