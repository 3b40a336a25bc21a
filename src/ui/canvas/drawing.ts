/** Pixels ready to be put on a canvas. */
import type { Rgba } from '../modalities/view.ts';

export interface Drawing {
  width: number;
  height: number;
  /** What is transparent shows the grey of a hole. */
  rgba: Rgba;
}
