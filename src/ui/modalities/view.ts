/** How the page shows the samples of a modality, and how it speaks of them: one file beside this for each. */
import type { Words } from '../../config/modalities/facts.ts';
import type { Gallery } from '../../data/gallery.ts';
import type { RunInfo } from '../../worker/protocol.ts';

/** (height, width, 4), row-major. */
export type Rgba = Uint8ClampedArray<ArrayBuffer>;

/** How samples are cut: what it takes to name a cell. */
export type Cut = Pick<RunInfo, 'tokens' | 'config'>;

export interface SampleView {
  words: ViewWords;
  /** How one is marked where members of different kinds lie in one drawing; absent where it is never a member. */
  mark?: Mark;
  /** Width over height of a sample as it is drawn; of no gallery, before there is a run. */
  aspect(gallery: Pick<Gallery, 'width' | 'height'> | null): number;
  /** (height, width, channels) 0..255 -> (height, width, 4); see-through where there is nothing to draw. */
  toRgba(raster: Uint8Array, channels: 1 | 3): Rgba;
  /** "row 2, column 3", "piece 5, 256 to 320 ms"; cells count from 0. */
  nameCell(cell: number, cut: Cut): string;
  /** "2.67 patches", "5.31 pieces, 340 ms". @param cells how far from each other, in cells */
  distance(cells: number, cut: Cut): string;
}

export interface Mark {
  /** As a letter, in a legend. */
  sign: string;
  /** As an outline around (0, 0), about two wide. */
  path: string;
}

/** What people call its things, where the page says more of them than settings do. */
export interface ViewWords extends Words {
  /** The visitor's own: "your photo". */
  own: string;
  /** A sample where there is little room: "5,000 images", "images/s". */
  brief: string;
  /** What a token is made of: "pixels". */
  values: string;
  /** What is left out of a token's numbers when they are normalised: "brightness and contrast". */
  scale: string;
  /** What the visitor may drop: "photo". */
  dropped: string;
}

/** As wide as this, samples stand one above the other: side by side they would be too flat to see. */
const STRIP = 2;

export function isStrip(aspect: number): boolean {
  return aspect >= STRIP;
}
