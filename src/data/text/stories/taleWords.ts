/** The world of the Tales: who, what and where. In every list the common words come first. */
import { split } from './grammar.ts';

export const SHE = split(
  'mira anna ella rosa nina lena dora ida vera olga tess june ruth cleo faye hana iris kate lucy maud nora opal pia zoe',
);
export const HE = split(
  'otto karl ivan hugo emil finn jack luis max noel omar paul ray sam theo umar vic walt yuri abel ben cole dan eric',
);
export const JOBS = split(
  'farmer baker miller teacher sailor hunter weaver tailor smith guard painter fisher singer doctor gardener shepherd cook clown monk pilot porter potter judge nurse',
);
export const LOOKS = split('red blue green white black golden old ugly new big small fine plain round heavy light');

const PLACES = {
  in: split('forest garden barn valley village cave kitchen stable park cellar'),
  at: split('mill market harbor fountain gate inn school lake church shop'),
  on: split('hill bridge road island roof field beach ship meadow square'),
};

/** "the barn", and "in the barn". */
export interface Spot {
  name: string;
  there: string;
}

const PREPOSITIONS = ['in', 'at', 'on'] as const;

export const SPOTS: readonly Spot[] = PLACES.in.flatMap((_, k) =>
  PREPOSITIONS.map((preposition) => ({
    name: PLACES[preposition][k],
    there: `${preposition} the ${PLACES[preposition][k]}`,
  })),
);

/** How somebody is without the thing, how they are once it is there, and the four things. */
const NEEDS: readonly (readonly [bad: string, good: string, things: readonly string[]])[] = [
  ['cold', 'warm', split('coat blanket scarf cloak')],
  ['hungry', 'full', split('loaf pie cheese cake')],
  ['wet', 'dry', split('umbrella hood tent hat')],
  ['bored', 'merry', split('drum flute ball kite')],
  ['poor', 'rich', split('coin ring gem crown')],
  ['sick', 'well', split('herb tea honey salve')],
  ['tired', 'rested', split('chair bed pillow hammock')],
  ['dirty', 'clean', split('soap brush broom towel')],
];

export interface Thing {
  name: string;
  bad: string;
  good: string;
}

export const THINGS: readonly Thing[] = [0, 1, 2, 3].flatMap((k) =>
  NEEDS.map(([bad, good, things]) => ({ name: things[k], bad, good })),
);

export const TIMES = ['one morning', 'one day', 'one evening', 'last winter', 'last summer', 'last week'];
export const WEATHER = [
  'the wind was loud',
  'it was a long day',
  'the birds sang in the sky',
  'a dog barked in the night',
  'the sun was bright',
  'the rain fell',
  'snow came at night',
  'the sky was gray',
];
