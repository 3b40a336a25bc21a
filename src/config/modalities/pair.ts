/** Samples with several members: a picture, a sound and a caption of one thing (multimodal.md 1, 11). */
import { choice, type FieldTable, number, type Values } from '../field.ts';
import { LIMITS } from '../limits.ts';
import type { Problem } from '../problem.ts';
import { JOINT, type Subset, subsetName, subsetsOf } from '../subsets.ts';
import type { ModalityFacts } from './facts.ts';
import { SENSES, type Sense } from './names.ts';
import { type PICTURE_FIELDS, picture } from './picture.ts';
import { type SOUND_FIELDS, sound } from './sound.ts';
import { type TEXT_FIELDS, text } from './text.ts';
import { cellCount, type Tokens, type Traits, tokensOn } from './tokens.ts';

export const PAIR_FIELDS = {
  senses: choice({
    label: 'Senses',
    help: 'Which members of a sample are used: two at least.',
    options: subsetsOf(SENSES)
      .filter((subset) => subset.length > 1)
      .map((subset) => ({ value: subsetName(subset), label: subset.join(' + ') })),
    default: subsetName(SENSES),
  }),
  uninformative: number({
    label: 'Vague captions',
    help: 'Paired digits: share of the captions that do not name the digit.',
    min: 0,
    max: 1,
    step: 0.05,
    default: 0.5,
  }),
  occlusion: number({
    label: 'Occlusion',
    help: 'Paired digits: chance that a grey rectangle hides a part of the picture, and that a gap cuts the sound.',
    min: 0,
    max: 1,
    step: 0.05,
    default: 0.5,
  }),
  noise: number({
    label: 'Noise',
    help: 'Paired digits: noise on pictures, where ink is 1 and paper 0; that on sounds goes along.',
    min: 0,
    max: 1,
    step: 0.05,
    default: 0.25,
  }),
} as const satisfies FieldTable;

export type PairSettings = Values<typeof PAIR_FIELDS>;

/** What decides how built-in pairs are made. */
export type PairForm = PairSettings;

export function pairForm(settings: PairSettings): PairForm {
  return { ...settings };
}

interface Config {
  data: { dataset: string };
  pair: PairSettings;
  picture: Values<typeof PICTURE_FIELDS>;
  sound: Values<typeof SOUND_FIELDS>;
  text: Values<typeof TEXT_FIELDS>;
}

/** The senses of a run's samples, in their order. */
export function sensesOf({ pair: { senses } }: Pick<Config, 'pair'>): Subset<Sense> {
  return SENSES.filter((sense) => senses.split(JOINT).includes(sense));
}

/** Of the senses that are asked for those that samples have, where two remain; else all that they have. */
export function sensesAmong(asked: string, there: readonly Sense[]): string {
  const common = there.filter((sense) => asked.split(JOINT).includes(sense));
  return subsetName(common.length > 1 ? common : there);
}

/**
 * What the members of *Paired digits* are cut into: 16 patches of 8 px of a picture of 32, 25 tokens of two frames of 40 bands, and 8 places
 * for words out of 35 (multimodal.md 1).
 */
export const DIGIT_MEMBERS: Readonly<Record<Sense, Tokens>> = {
  picture: tokensOn('picture', [4, 4], [8, 8, 1]),
  sound: tokensOn('sound', [25], [2, 40, 1]),
  text: tokensOn('text', [8], [1], 38),
};

/** What tells members of somebody's own files apart, where the files have them. */
const OWN = { picture, sound, text } as const;

function isOwn({ data }: Pick<Config, 'data'>): boolean {
  return data.dataset === 'files';
}

function membersOf(config: Config, { members = {} }: Traits): readonly Tokens[] {
  return sensesOf(config).map((sense) => {
    if (!isOwn(config)) return DIGIT_MEMBERS[sense];
    const facts = OWN[sense];
    const traits = members[sense] ?? facts.guess(config);
    return tokensOn(sense, facts.grid(config), facts.layout(config, traits), traits.vocabulary);
  });
}

/** Between the senses of a set as people read them. */
const FORM_JOINT = ', ';

const onlyDigits = (config: Config): string | undefined => (isOwn(config) ? 'only for Paired digits' : undefined);

export const pair: ModalityFacts<Config> = {
  words: { sample: 'pair', samples: 'pairs', counted: 'pair', token: 'token', tokens: 'tokens', value: 'number', mean: 'mean' },
  // Captions of built-in pairs are words, whatever texts are cut into.
  writtenIn: (config) => (isOwn(config) ? text.writtenIn?.(config) : undefined),
  fields: PAIR_FIELDS,
  idle: { 'pair.uninformative': onlyDigits, 'pair.occlusion': onlyDigits, 'pair.noise': onlyDigits },
  form: (config) => sensesOf(config).join(FORM_JOINT),
  unfit(config, here) {
    const missing = sensesOf(config).filter((sense) => !here.split(FORM_JOINT).includes(sense));
    if (missing.length === 0) return undefined;
    return `The files hold no ${missing.map((sense) => OWN[sense].words.samples).join(' and no ')} to learn from: take ${missing.join(' and ')} out of Senses.`;
  },
  grid: (config) => [membersOf(config, { channels: 1 }).reduce((sum, { grid }) => sum + cellCount(grid), 0)],
  cutBy: ['pair.senses'],
  layout: () => [0],
  guess: () => ({ channels: 1 }),
  members: membersOf,
  axes: [],
  cut: (config) =>
    membersOf(config, { channels: 1 })
      .map(({ modality, count }) => `${count} of ${modality}`)
      .join(', '),
  whole: {},
  problem(config): Problem | undefined {
    const inMember = isOwn(config) ? sensesOf(config).map((sense) => OWN[sense].problem(config)) : [];
    const problem = inMember.find((one) => one !== undefined);
    if (problem !== undefined) return problem;
    const [count] = this.grid(config);
    if (count <= LIMITS.tokens) return undefined;
    return {
      path: 'pair.senses',
      others: ['picture.patch', 'sound.pieces', 'text.words'],
      message: `All senses together are ${count} tokens, more than the ${LIMITS.tokens} that fit: cut them into fewer.`,
    };
  },
};
