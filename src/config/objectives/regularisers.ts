/**
 * Regularisers of fine-tuning: what keeps a pretrained model near its start, or its answers steady (methods 7). The rivals of
 * self-distillation in its paper, as settings of every run with labels.
 */
import { choice, type FieldTable, number, type Values, whole } from '../field.ts';
import type { Problem } from '../problem.ts';
import type { CoreConfig } from '../sections.ts';

export const REGULARISER_FIELDS = {
  regulariser: choice({
    label: 'Regulariser',
    help: 'What keeps fine-tuning from forgetting: a pull to the pretrained weights (L2-SP, RecAdam), a ball around them (MARS), or answers that noise does not change (R3F).',
    options: [
      { value: 'none', label: 'none' },
      { value: 'l2sp', label: 'L2-SP: pull to the start, in the loss', short: 'L2-SP' },
      { value: 'recAdam', label: 'RecAdam: pull to the start, fading', short: 'RecAdam' },
      { value: 'mars', label: 'MARS: stay in a ball around the start', short: 'MARS' },
      { value: 'r3f', label: 'R3F: answer the same under noise', short: 'R3F' },
    ],
    default: 'none',
  }),
  l2sp: number({
    label: 'L2-SP weight',
    help: 'Alpha: half of it times the squared distance of the encoder’s weights to their start joins the loss; the head feels weight decay alone.',
    min: 0,
    max: 100,
    step: 0.01,
    scale: 'decades',
    default: 0.1,
  }),
  recAdamPull: number({
    label: 'RecAdam pull',
    help: 'Gamma: how hard the start pulls before labels take over; with the learning rate it gives the share of the way back that a step takes, at most 1. 0 leaves AdamW as it is.',
    min: 0,
    max: 100_000,
    step: 10,
    scale: 'decades',
    default: 500,
  }),
  recAdamMiddle: whole({
    label: 'RecAdam middle',
    help: 'Step at which pull and labels weigh the same: before it mostly the start counts, after it mostly the labels.',
    unit: 'steps',
    min: 0,
    max: 100_000,
    step: 10,
    scale: 'decades',
    default: 100,
  }),
  recAdamSlope: number({
    label: 'RecAdam slope',
    help: 'How suddenly labels take over from the pull: k of the sigmoid, for each step.',
    min: 0.001,
    max: 10,
    step: 0.001,
    scale: 'log',
    default: 0.1,
  }),
  marsRadius: number({
    label: 'MARS radius',
    help: 'How far the weights of any output of a matrix of the encoder may move in sum of absolute values; smaller stays nearer to the start.',
    min: 0.001,
    max: 1000,
    step: 0.001,
    scale: 'log',
    default: 1,
  }),
  r3f: number({
    label: 'R3F weight',
    help: 'Lambda: what a difference between the answers with and without noise costs (their KL divergence, both ways).',
    min: 0,
    max: 100,
    step: 0.1,
    scale: 'decades',
    default: 1,
  }),
  r3fNoise: number({
    label: 'R3F noise',
    help: 'Size of the noise on embedded tokens: its deviation if normal, its largest value if uniform. The paper’s 0.00001 is below what single precision tells apart here.',
    min: 0.00001,
    max: 10,
    step: 0.00001,
    scale: 'log',
    default: 0.1,
  }),
  r3fShape: choice({
    label: 'R3F noise is',
    help: 'What the noise is drawn from.',
    options: [
      { value: 'uniform', label: 'uniform' },
      { value: 'normal', label: 'normal' },
    ],
    default: 'uniform',
  }),
} as const satisfies FieldTable;

type RegulariserSettings = Values<typeof REGULARISER_FIELDS>;
export type RegulariserName = RegulariserSettings['regulariser'];
type Config = CoreConfig & { supervised: RegulariserSettings };

/** Whether it is about the weights that a run started from: from scratch there are none. */
export function needsStart({ supervised: { regulariser } }: Config): boolean {
  return regulariser === 'l2sp' || regulariser === 'recAdam' || regulariser === 'mars';
}

/** What is said where a run from scratch would stay near its start. */
export const NO_START =
  'This regulariser holds a model near its pretrained weights, and from scratch there are none: choose a start, or set the regulariser to none or R3F.';

const USED_BY: Readonly<Record<string, RegulariserName>> = {
  'supervised.l2sp': 'l2sp',
  'supervised.recAdamPull': 'recAdam',
  'supervised.recAdamMiddle': 'recAdam',
  'supervised.recAdamSlope': 'recAdam',
  'supervised.marsRadius': 'mars',
  'supervised.r3f': 'r3f',
  'supervised.r3fNoise': 'r3f',
  'supervised.r3fShape': 'r3f',
};

const TITLES: Readonly<Record<RegulariserName, string>> = {
  ...{ none: 'none', l2sp: 'L2-SP', recAdam: 'RecAdam', mars: 'MARS', r3f: 'R3F' },
};

/** The settings of a regulariser do nothing without it. */
export const IDLE_REGULARISERS: Readonly<Record<string, (config: Config) => string | undefined>> = Object.fromEntries(
  Object.entries(USED_BY).map(([path, name]) => [
    path,
    ({ supervised: { regulariser } }: Config) => (regulariser === name ? undefined : `only for ${TITLES[name]}`),
  ]),
);

/** A step of RecAdam that goes further than back to the start never settles. */
export function pullsNoFurther({ optimiser, supervised }: Config): Problem | undefined {
  const share = optimiser.learningRate * supervised.recAdamPull;
  if (supervised.regulariser !== 'recAdam' || share <= 1) return undefined;
  return {
    path: 'supervised.recAdamPull',
    others: ['optimiser.learningRate'],
    message: `RecAdam would step ${share.toPrecision(3)} times the way back to the start, and beyond it: lower its pull to ${Math.floor(1 / optimiser.learningRate)} or less, or the learning rate.`,
  };
}
