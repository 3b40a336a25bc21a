/** Samples of a set as canvases that can be cut into pieces. */
import { invariant } from '../../base/invariant.ts';
import { type Gallery, rasterAt } from '../../data/gallery.ts';
import { viewOf } from '../modalities/registry.ts';
import type { Drawing } from './drawing.ts';

let drawn = new WeakMap<Gallery, Map<number, HTMLCanvasElement>>();

/** Sample `index` at its own size. Drawn once and kept as long as its set. */
export function pictureCanvas(set: Gallery, index: number): HTMLCanvasElement {
  const known = drawn.get(set) ?? new Map<number, HTMLCanvasElement>();
  drawn.set(set, known);
  const found = known.get(index);
  if (found !== undefined) return found;
  const canvas = document.createElement('canvas');
  canvas.width = set.width;
  canvas.height = set.height;
  const { rgba, width } = drawSample(set, index);
  context2d(canvas).putImageData(new ImageData(rgba, width), 0, 0);
  known.set(index, canvas);
  return canvas;
}

/** What was drawn is lost: the next ones are drawn anew. */
export function forgetPictures(): void {
  drawn = new WeakMap();
}

export function drawSample(set: Gallery, index: number): Drawing {
  return drawRaster(set, rasterAt(set, index));
}

/** A raster of the size and kind of a set's own, in the colours that its modality is drawn in. */
export function drawRaster({ modality, width, height, channels }: Gallery, raster: Uint8Array): Drawing {
  return { width, height, rgba: viewOf(modality).toRgba(raster, channels) };
}

export function context2d(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  invariant(context, 'a canvas without a 2d context');
  return context;
}
