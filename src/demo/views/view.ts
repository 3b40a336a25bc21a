/** What stands in the middle of the page: one of these for every task. */
import type { Manifest } from '../manifest.ts';
import type { Net } from '../net.ts';
import type { Sample } from '../samples/drawing.ts';

export interface View {
  readonly element: HTMLElement;
  /** @param live one of many in a row, from a camera: nothing is to move by itself */
  show(sample: Sample, live: boolean): void;
}

export interface Stage {
  net: Net;
  manifest: Manifest;
  /** Says something to everybody, those who listen to the page too. */
  tell(text: string): void;
}
