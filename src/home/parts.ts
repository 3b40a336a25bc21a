/** All that can be taken home, in the order in which it is offered. */
import { card } from './card.ts';
import { code } from './code.ts';
import { further } from './further.ts';
import { onnx } from './onnx.ts';
import { demoPage } from './page/page.ts';
import type { HomePart } from './part.ts';
import { probe } from './probe.ts';
import { timm } from './timm.ts';
import { curves, wholeRun } from './told.ts';
import { transformers } from './transformers.ts';
import { weights } from './weights.ts';

export const HOME_PARTS: readonly HomePart[] = [
  card,
  weights,
  wholeRun,
  code,
  further,
  timm,
  transformers,
  onnx,
  demoPage,
  probe,
  curves,
];
