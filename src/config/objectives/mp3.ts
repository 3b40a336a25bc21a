/** MP3: the patches without their positions; where does each belong (methods 1.1)? */
import { contextCount } from '../counts.ts';
import { choice, type FieldTable, number, type Values } from '../field.ts';
import { modalityFacts, tokenCount } from '../modalities.ts';
import type { Problem } from '../problem.ts';
import type { CoreConfig } from '../sections.ts';
import type { ObjectiveFacts, ObjectiveMetrics } from './facts.ts';
import { hasWaves } from './rules.ts';

const fields = {
  classToken: choice({
    label: 'Class token',
    help: 'A learned token that every patch may read beside the context; without it only context patches are read.',
    options: [
      { value: 'context', label: 'in the context' },
      { value: 'none', label: 'none' },
    ],
    default: 'context',
  }),
  masked: choice({
    label: 'Masked patches',
    help: 'What becomes of patches outside the context: they are asked for their place too, or left out (JigsawViT), or only some keep their position (DropPos).',
    options: [
      { value: 'asked', label: 'asked for their place (MP3)', short: 'asked too' },
      { value: 'dropped', label: 'dropped (JigsawViT)', short: 'dropped' },
      { value: 'positions', label: 'dropped, and positions too (DropPos)', short: 'DropPos' },
    ],
    default: 'asked',
  }),
  anchors: number({
    label: 'Known positions',
    help: 'DropPos only: share of the kept patches whose position the model is told.',
    min: 0,
    max: 0.9,
    step: 0.05,
    default: 0.25,
  }),
  given: number({
    label: 'Given positions',
    help: 'Share of all patches that are told their place and asked for it all the same, as 5 % of the frames in MP3 on speech; no accuracy counts them.',
    min: 0,
    max: 0.5,
    step: 0.01,
    default: 0,
  }),
} as const satisfies FieldTable;

type Config = CoreConfig & { mp3: Values<typeof fields> };

const METRICS = {
  step: ['positionAccuracy'],
  evaluation: [
    'positionAccuracy',
    'positionTop5',
    'contextAccuracy',
    'maskedAccuracy',
    'meanError',
    'assignmentAccuracy',
    'rightNeighbours',
  ],
  explorer: 'positionAccuracy',
} as const satisfies ObjectiveMetrics;

export const mp3 = {
  title: 'MP3',
  task: 'where does each patch belong?',
  fields,
  start: { 'task.maskRatio': 0, 'picture.patch': 8 },
  startOn: {
    sound: { 'sound.tokens': 'pieces' },
    text: {
      'text.window': 16,
      'mp3.masked': 'asked',
      'mp3.classToken': 'none',
      'optimiser.learningRate': 0.002,
      'optimiser.warmup': 100,
      'optimiser.steps': 1000,
    },
  },
  // Equal words are ties, and how far the wrong one of two stands says nothing.
  on: {
    text: {
      metrics: {
        ...METRICS,
        evaluation: [
          'positionAccuracy',
          'rightWord',
          'positionTop5',
          'contextAccuracy',
          'maskedAccuracy',
          'assignmentAccuracy',
          'rightNeighbours',
        ],
      },
    },
  },
  metrics: METRICS,
  rules: [dropsNotAll, givesSome, readsNoClass],
  idle: {
    'mp3.anchors': ({ mp3: { masked } }: Config) => (masked === 'positions' ? undefined : 'only for DropPos'),
    'mp3.given': ({ mp3: { masked } }: Config) => (masked === 'positions' ? 'DropPos has known positions' : undefined),
    'text.tied': () => 'no words are guessed',
    'mp3.classToken': ({ mp3: { masked } }: Config) => (masked === 'positions' ? 'DropPos always has one' : undefined),
  },
  masks: true,
  answers: 'cells',
  encoder: {
    readOut: ({ mp3: { masked, classToken } }: Config) => (masked !== 'positions' && classToken === 'none' ? 'mean' : 'class'),
    norm: () => 'pre',
    // Most runs are told none.
    positions: ({ mp3: { masked, given } }: Config) => (masked === 'positions' || given > 0 ? 'sincos' : undefined),
  },
} as const satisfies ObjectiveFacts<Config>;

/** With positions dropped, some kept patch must be left to ask for its place. */
function dropsNotAll(config: Config): Problem | undefined {
  const { masked, anchors } = config.mp3;
  if (masked !== 'positions') return undefined;
  const kept = contextCount(tokenCount(config), config.task.maskRatio);
  const problem = hasWaves(config);
  if (problem !== undefined || kept > Math.floor(anchors * kept + 1e-9)) return problem;
  return { path: 'mp3.anchors', message: 'Every kept patch is told its position, so there is nothing to ask.' };
}

/** DropPos has a class token always, and words have none. */
function readsNoClass(config: Config): Problem | undefined {
  const { ids, words } = modalityFacts(config);
  if (ids === undefined || (config.mp3.classToken === 'none' && config.mp3.masked !== 'positions')) return undefined;
  const path = config.mp3.masked === 'positions' ? 'mp3.masked' : 'mp3.classToken';
  const fix = path === 'mp3.masked' ? 'DropPos needs one: take another' : 'set it to none';
  return {
    path,
    message: `Models of ${words.samples} have no class token, they are read out by the mean of their ${words.tokens}: ${fix}.`,
  };
}

function givesSome(config: Config): Problem | undefined {
  const { masked, given } = config.mp3;
  if (masked === 'positions' || given === 0) return undefined;
  const tokens = tokenCount(config);
  if (Math.round(given * tokens) >= 1) return hasWaves(config);
  return {
    path: 'mp3.given',
    message: `A share of ${given} gives none of the ${tokens} patches its position. Raise it, or set it to 0.`,
  };
}
