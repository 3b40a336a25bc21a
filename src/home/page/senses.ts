/** What a demo page of a model of several senses holds. */

import type { Sense } from '../../config/modalities/names.ts';
import { DIGIT_MEMBERS, sensesOf } from '../../config/modalities/pair.ts';
import { PAIR_SIZE } from '../../config/modalities/pairShapes.ts';
import { oneSense } from '../../config/oneSense.ts';
import type { RunConfig } from '../../config/run.ts';
import { CAPTION_VOCABULARY } from '../../data/pairs/captionIds.ts';
import { captionOf } from '../../data/pairs/captions.ts';
import { drawDigit } from '../../data/pairs/drawnDigit.ts';
import { speakDigit } from '../../data/pairs/spokenDigit.ts';
import { pairRandom, thingAt } from '../../data/pairs/things.ts';
import type { Recipe } from '../../data/samples.ts';
import { toBase64 } from '../../demo/half.ts';
import type { DemoInput, DemoSample, DemoTask, Member, SensesInput } from '../../demo/manifest.ts';
import { JOINT_NORM, jointStack } from '../../model/senses.ts';
import type { HomeModel } from '../part.ts';
import { memberInput } from './memberInput.ts';

const PAIRS = 12;
/** Not among those that a run learns from. */
const SPLIT = 'heldOut';
const WHITE = 255;

/** @returns undefined where the file does not say how samples become tokens */
export function sensesInput({ config, recipe, objective }: HomeModel): SensesInput | undefined {
  const { senses } = objective;
  if (senses === undefined) return undefined;
  const members = senses.specs.flatMap(({ name, spec }): Member[] => {
    const input = config.data.dataset === 'pairs' ? digitInput(name, recipe) : broughtInput(name, config, recipe);
    return input === undefined ? [] : [{ name, spec, input }];
  });
  if (members.length < senses.specs.length) return undefined;
  const ends: SensesInput['ends'] = senses.apart
    ? { kind: 'apart', readout: config.contrastive.readout }
    : { kind: 'joint', stack: jointStack(senses.specs[0]?.spec), norm: JOINT_NORM };
  return { sense: 'several', members, ends };
}

export function sensesTask({ config, info }: HomeModel): DemoTask {
  switch (config.task.objective) {
    case 'robust':
      return { kind: 'subsets', classes: info.classes ?? [] };
    case 'contrastive':
      return { kind: 'match' };
    default:
      return { kind: 'alike' };
  }
}

/** Of somebody's own files nothing is in a page, and some models say nothing of one sample alone. */
export function sensesRefusal(model: HomeModel): string | undefined {
  if (sensesTask(model).kind !== 'alike' || model.config.data.dataset !== 'files') return undefined;
  return 'A demo page of this model compares things with samples that it holds, and it holds nothing of your own files. Its ONNX files are all there.';
}

/** As *Paired digits* are cut (data/pairs/drawnPairTokenizer.ts): ink is 1 and paper 0, which on a page is black on white. */
function digitInput(sense: Sense, { mean, deviation }: Recipe): DemoInput | undefined {
  if (sense === 'text') return { sense, vocabulary: CAPTION_VOCABULARY, knownOnly: true };
  const [picture, sound] = numbers(mean).map((value, i) => ({ mean: value, deviation: numbers(deviation)[i] }));
  if (sense === 'sound') return sound?.deviation === undefined ? undefined : { sense, ...sound };
  if (picture?.deviation === undefined) return undefined;
  const [patch] = DIGIT_MEMBERS.picture.layout;
  return {
    ...{ sense, size: PAIR_SIZE, patch, channels: 1, strokes: true },
    ...{ mean: [WHITE * (1 - picture.mean)], deviation: [-WHITE * picture.deviation] },
  };
}

function broughtInput(sense: Sense, config: RunConfig, { members }: Recipe): DemoInput | undefined {
  const found: unknown = Array.isArray(members) ? members[sensesOf(config).indexOf(sense)] : undefined;
  if (typeof found !== 'object' || found === null) return undefined;
  const recipe: Recipe = { ...found };
  const known = {
    channels: recipe.channels === 3 ? (3 as const) : (1 as const),
    mean: numbers(recipe.mean),
    deviation: numbers(recipe.deviation),
  };
  return memberInput(sense, oneSense(config, sense), recipe, known);
}

function numbers(value: unknown): number[] {
  return Array.isArray(value) ? value.filter((one): one is number => typeof one === 'number' && Number.isFinite(one)) : [];
}

/** Samples of *Paired digits* as they are before anything is put over them; none of somebody's own files. */
export function demoPairs({ data, optimiser: { seed }, pair }: RunConfig): DemoSample[] {
  if (data.dataset !== 'pairs') return [];
  return Array.from({ length: PAIRS }, (_, i) => {
    const thing = thingAt(seed, SPLIT, i);
    const own = (sense: Sense) => pairRandom(seed, SPLIT, i, sense);
    const clip = speakDigit(thing, own('sound'));
    const all: Record<Sense, string> = {
      picture: toBase64(drawDigit(thing, own('picture')).map((ink) => WHITE - ink)),
      sound: toBase64(new Uint8Array(clip.buffer, clip.byteOffset, clip.byteLength)),
      text: captionOf(thing, pair.uninformative, own('text')),
    };
    return { data: '', members: Object.fromEntries(sensesOf({ pair }).map((sense) => [sense, all[sense]])) };
  });
}
