/** What a demo page says and does for a model. */

import { DATASET_LABELS } from '../../config/datasets.ts';
import { SENSES, type Sense } from '../../config/modalities/names.ts';
import { sensesOf } from '../../config/modalities/pair.ts';
import { modalityFacts, modalityOf, samplesText } from '../../config/modalities.ts';
import { factsOf } from '../../config/objectives.ts';
import { VERSION } from '../../config/version.ts';
import type { DemoInput, DemoTask, Manifest } from '../../demo/manifest.ts';
import { writeUrl } from '../../io/urlState.ts';
import { DROPPOS_DECODER_DEPTH, dropPosDecoder } from '../../objectives/dropPos.ts';
import { decoderOf } from '../../objectives/mae.ts';
import type { HomeModel } from '../part.ts';
import { memberInput } from './memberInput.ts';
import { demoSamples } from './samples.ts';
import { sensesInput, sensesTask } from './senses.ts';

/** @throws Error for models that a page is not offered of: see `refusal` */
export function manifestOf(model: HomeModel): Manifest {
  const { config, objective, placements } = model;
  const sense = senseOf(model) ?? null;
  const input = sense === null ? sensesInput(model) : inputOf(model);
  if (input === undefined) throw new Error('no page is offered of this model');
  const task = sense === null ? sensesTask(model) : taskOf(model, sense);
  return {
    title: factsOf(config).title,
    says: SAYS[task.kind](modalityFacts(config).words, sayOr(sense === null ? sensesOf(config) : [])),
    facts: factsFor(model),
    version: VERSION,
    settings: writeUrl(config),
    sense,
    spec: objective.spec,
    task,
    input,
    tensors: placements.map(({ spec: { name, shape } }) => ({ name, shape })),
    samples: demoSamples(config, input),
  };
}

/** The one sense of a model; undefined of one that has several. */
export function senseOf({ config }: Pick<HomeModel, 'config'>): Sense | undefined {
  return SENSES.find((sense) => sense === modalityOf(config));
}

/** How samples of one sense become tokens; undefined where the file does not say all of it. */
export function inputOf({ config, info, recipe }: HomeModel): DemoInput | undefined {
  const sense = senseOf({ config });
  const { channels, mean, deviation } = info;
  return sense && memberInput(sense, config, recipe, { channels: channels === 3 ? 3 : 1, mean, deviation });
}

function sayOr(senses: readonly string[]): string {
  return [senses.slice(0, -1).join(', '), senses.at(-1)].filter(Boolean).join(' or ');
}

interface Words {
  sample: string;
  samples: string;
  tokens: string;
}

/** `senses`: "picture, sound or text", where there are several. */
const SAYS: Readonly<Record<DemoTask['kind'], (words: Words, senses: string) => string>> = {
  labels: ({ sample }) => `It tells what a ${sample} is of.`,
  puzzle: ({ sample, tokens }) => `It puts the ${tokens} of a shuffled ${sample} back in their places.`,
  paint: ({ sample, tokens }) => `It sees a few ${tokens} of a ${sample} and paints the others.`,
  words: () => 'It guesses the words that are hidden from it.',
  look: ({ sample, tokens }) =>
    `It describes every part of a ${sample} by the whole. Point at one to see which ${tokens} it finds alike.`,
  subsets: (_, senses) => `It tells what something is by its ${senses}, or by those of them that you give.`,
  match: (_, senses) => `It learned what belongs together. Give it a ${senses}, and it looks for the rest.`,
  alike: () =>
    'It learned to paint and write what is gone of a thing from what is left. What it makes of two things says how alike they are.',
};

function taskOf(model: HomeModel, sense: Sense): DemoTask {
  const { config, objective, info } = model;
  const { task, mae, mp3, supervised } = config;
  const { spec } = objective;
  switch (task.objective) {
    case 'supervised':
      return { kind: 'labels', pooling: supervised.pooling, classes: info.classes ?? [] };
    case 'mp3':
      return puzzleOf(mp3, spec);
    case 'mae':
      // Tables that turn its answers into patches are not in the file, and the page's painter leaves gaps out of the encoder.
      if (sense !== 'text' && (mae.target === 'pca' || mae.target === 'tokens' || mae.encoderSees === 'all'))
        return { kind: 'look' };
      return paintOf(model, sense);
    case 'simmim':
    case 'selfDistillation':
      return paintOf(model, sense);
    default:
      return { kind: 'look' };
  }
}

function paintOf({ config }: HomeModel, sense: Sense): DemoTask {
  const { task, mae } = config;
  const hidden = Math.min(0.9, Math.max(0.1, task.maskRatio));
  const decoder = task.objective === 'mae' || (sense !== 'text' && task.objective !== 'simmim') ? decoderOf(config) : undefined;
  const behind = decoder === undefined ? {} : { decoder };
  if (sense === 'text') return { kind: 'words', hidden, ...behind };
  return { kind: 'paint', hidden, normalised: task.objective !== 'simmim' && mae.target === 'normalised', ...behind };
}

function puzzleOf({ masked, anchors, given }: HomeModel['config']['mp3'], spec: HomeModel['objective']['spec']): DemoTask {
  if (masked === 'positions') {
    const told = Math.floor(anchors * spec.patches + 1e-9);
    return { kind: 'puzzle', told, marked: true, decoder: dropPosDecoder(spec, DROPPOS_DECODER_DEPTH) };
  }
  return { kind: 'puzzle', told: Math.min(Math.round(given * spec.patches), spec.patches - 1), marked: false };
}

function factsFor({ config, placements, step }: HomeModel): string[] {
  const count = placements.reduce((sum, { length }) => sum + length, 0);
  const { width, depth, heads } = config.model;
  const from = config.data.dataset === 'files' ? 'files of its maker' : DATASET_LABELS[config.data.dataset];
  return [
    `${count.toLocaleString('en')} parameters`,
    `${depth} layers of width ${width}, ${heads} heads`,
    `learned from ${from}: ${samplesText(config)}`,
    `${step.toLocaleString('en')} steps`,
  ];
}
