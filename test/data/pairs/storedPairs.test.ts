import { expect, it } from 'vitest';
import { defaultRun } from '../../../src/config/run.ts';
import { captionOf } from '../../../src/data/pairs/captions.ts';
import { drawDigit } from '../../../src/data/pairs/drawnDigit.ts';
import { DrawnStore } from '../../../src/data/pairs/drawnStore.ts';
import {
  drawnPairs,
  isDrawn,
  type PairedSet,
  pairBuffers,
  type StoredPairs,
  selectPairs,
} from '../../../src/data/pairs/pairedSet.ts';
import { speakDigit } from '../../../src/data/pairs/spokenDigit.ts';
import { type PairSplit, pairRandom, thingAt } from '../../../src/data/pairs/things.ts';
import { storeClips } from '../../../src/data/sound/soundSet.ts';
import { storeTexts } from '../../../src/data/text/textSet.ts';

const SEED = 4;
const form = defaultRun().pair;

/** What is drawn, as if it had been brought from elsewhere. */
function storedPairs(split: PairSplit, count: number): StoredPairs {
  const things = Array.from({ length: count }, (_, i) => thingAt(SEED, split, i));
  return {
    pictures: Uint8Array.from(things.flatMap((thing, i) => [...drawDigit(thing, pairRandom(SEED, split, i, 'picture'))])),
    clips: storeClips(things.map((thing, i) => speakDigit(thing, pairRandom(SEED, split, i, 'sound')))),
    captions: storeTexts(things.map((thing, i) => captionOf(thing, form.uninformative, pairRandom(SEED, split, i, 'text')))),
  };
}

function contentOf({ content }: PairedSet) {
  if (!isDrawn(content)) throw new Error('brought');
  return content;
}

it('reads members that were not drawn as it draws them', () => {
  const stored = { train: storedPairs('train', 12), heldOut: storedPairs('heldOut', 6) };
  const sets = drawnPairs(form, SEED, stored);
  expect([sets.train.count, sets.heldOut.count, sets.train.labels?.length]).toEqual([12, 6, 12]);
  const [own, drawn] = [new DrawnStore(SEED, form), new DrawnStore(SEED, form)];
  for (const split of ['train', 'heldOut'] as const) {
    const [brought, made] = [sets[split], drawnPairs(form, SEED)[split]].map(contentOf);
    for (let i = 0; i < sets[split].count; i++) expect(own.take(brought, i)).toEqual(drawn.take(made, i));
  }
  // A part of them keeps its places.
  const some = contentOf(selectPairs(sets.train, [7, 3]));
  expect(own.take(some, 0)).toEqual(drawn.take(contentOf(drawnPairs(form, SEED).train), 7));
  expect(own.ahead(contentOf(sets.heldOut), 4)).toBe(true);
  expect(own.ahead(contentOf(sets.heldOut), 4)).toBe(false);
  expect(pairBuffers(sets.train)).toContain(stored.train.clips.samples.buffer);
});
