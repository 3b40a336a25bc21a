/** What is written about a thing: captions of up to seven words out of 35. Some do not say which digit it is. */
import type { Random } from '../../base/random.ts';
import { DIGIT_NAMES, type Thing } from './things.ts';

const SIZES = { small: 'small', large: 'large' } as const;
const PLACES = { left: ['left', 'early'], right: ['right', 'late'] } as const;

const TELLING = [
  'a SIZE DIGIT',
  'DIGIT PLACE',
  'the number DIGIT on the PLACE',
  'a SIZE DIGIT on the PLACE',
  'look at this DIGIT',
  'digit DIGIT written PLACE',
] as const;
/** Without a word for a digit, "a small one" among them. */
const VAGUE = [
  'a SIZE figure',
  'something PLACE',
  'untitled draft',
  'a SIZE sign on the PLACE',
  'look at this',
  'my new note from the day',
] as const;

/** Every word that a caption may hold: 35. */
export const CAPTION_WORDS: readonly string[] = [
  ...new Set([
    ...DIGIT_NAMES,
    ...Object.values(SIZES),
    ...Object.values(PLACES).flat(),
    ...[...TELLING, ...VAGUE].flatMap((template) => template.split(' ')).filter((word) => word !== word.toUpperCase()),
  ]),
];
/** Words of the longest caption, and one place more. */
export const CAPTION_PLACES = 8;

/** One caption of a thing, its words joined by spaces. @param uninformative share of the captions that do not name the digit */
export function captionOf(thing: Thing, uninformative: number, random: Random): string {
  // Drawn first and always, so that another share leaves all else of the captions that stay as it was.
  const telling = random.uniform() >= uninformative;
  const template = random.pick(telling ? TELLING : VAGUE);
  const place = random.pick(thing.right ? PLACES.right : PLACES.left);
  return template
    .replace('SIZE', thing.large ? SIZES.large : SIZES.small)
    .replace('DIGIT', DIGIT_NAMES[thing.digit])
    .replace('PLACE', place);
}

/** Whether a caption fits a thing: says nothing that is not so. */
export function captionFits(caption: string, { digit, large, right }: Thing): boolean {
  const words = new Set(caption.split(' '));
  const wrong = [
    ...DIGIT_NAMES.filter((_, other) => other !== digit),
    large ? SIZES.small : SIZES.large,
    ...(right ? PLACES.left : PLACES.right),
  ];
  return !wrong.some((word) => words.has(word));
}
