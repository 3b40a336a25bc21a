/**
 * The lowest contrastive loss that *Paired digits* allow: what somebody gets who reads every picture and every sound without a mistake
 * and knows of a caption all that it says. It is not 0, since things recur in a batch and captions say little. A training loss below it
 * was learned by heart.
 */
import { Random } from '../base/random.ts';
import { captionFits, captionOf } from '../data/pairs/captions.ts';
import { COMBINATIONS, DIGIT_NAMES, type Thing } from '../data/pairs/things.ts';

export interface MatcherFloor {
  /** ln B: knowing nothing. */
  chance: number;
  /** Of the pair of picture and sound: how often the same thing is twice in a batch. */
  pictureSound: number;
  /** Of a picture or a sound with a caption. */
  withText: number;
}

/** Samples that are drawn: with others the mean differs by about .01. */
const SAMPLES = 20_000;
const SEED = 0;

const THINGS: readonly Thing[] = DIGIT_NAMES.flatMap((_, digit) =>
  [false, true].flatMap((large) => [false, true].map((right) => ({ digit, large, right }))),
);

/** @param batch samples of a batch. @param uninformative share of the captions that do not name the digit */
export function matcherFloor(batch: number, uninformative: number): MatcherFloor {
  const batches = Math.ceil(SAMPLES / batch);
  let withText = 0;
  for (let i = 0; i < batches; i++) withText += captionLoss(batch, uninformative, new Random(SEED, 'floor', i)) / batches;
  return { chance: Math.log(batch), pictureSound: sameThingLoss(batch), withText };
}

/** Mean loss over pairs of modalities, as the objective takes it. @param withCaptions how many of the `pairs` are with captions */
export function meanFloor({ pictureSound, withText }: MatcherFloor, pairs: number, withCaptions: number): number {
  return ((pairs - withCaptions) * pictureSound + withCaptions * withText) / pairs;
}

/** Mean of ln(1 + how many of the others are of the same thing), which is distributed binomially. */
function sameThingLoss(batch: number): number {
  const share = 1 / COMBINATIONS;
  let probability = (1 - share) ** (batch - 1);
  let mean = 0;
  for (let same = 0; same < batch; same++) {
    mean += probability * Math.log(1 + same);
    probability *= ((batch - 1 - same) / (same + 1)) * (share / (1 - share));
  }
  return mean;
}

/** Cross-entropy in both directions where logits are the logarithm of how likely a thing is, given what its caption says. */
function captionLoss(batch: number, uninformative: number, random: Random): number {
  const things: number[] = [];
  const odds: Float64Array[] = [];
  // How many samples are of each thing, and how likely each is by all captions: sums over a batch need no more.
  const counts = new Float64Array(COMBINATIONS);
  const likely = new Float64Array(COMBINATIONS);
  for (let i = 0; i < batch; i++) {
    const thing = random.below(COMBINATIONS);
    const told = oddsOf(captionOf(THINGS[thing], uninformative, random));
    things.push(thing);
    odds.push(told);
    counts[thing] += 1;
    for (let other = 0; other < COMBINATIONS; other++) likely[other] += told[other];
  }
  let loss = 0;
  for (const [i, thing] of things.entries()) {
    const own = odds[i][thing];
    let fitting = 0;
    for (let other = 0; other < COMBINATIONS; other++) fitting += counts[other] * odds[i][other];
    loss += (Math.log(likely[thing] / own) + Math.log(fitting / own)) / (2 * batch);
  }
  return loss;
}

const knownOdds = new Map<string, Float64Array>();

/** (40) how likely each thing is to one who knows its caption. */
function oddsOf(caption: string): Float64Array {
  const known = knownOdds.get(caption);
  if (known !== undefined) return known;
  const fits = Float64Array.from(THINGS, (thing) => Number(captionFits(caption, thing)));
  const count = fits.reduce((sum, fit) => sum + fit, 0);
  const odds = fits.map((fit) => fit / count);
  knownOdds.set(caption, odds);
  return odds;
}
