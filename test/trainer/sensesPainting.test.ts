import { beforeAll, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { FIRST_WORD, UNKNOWN } from '../../src/config/modalities/tokens.ts';
import { phasesOf } from '../../src/config/phases.ts';
import { memberOf } from '../../src/objectives/members.ts';
import { textsOf } from '../../src/objectives/words.ts';
import { viewOf } from '../../src/trainer/views.ts';
import { startWasm } from '../tinyRun.ts';
import { pairs, SLOW, tiny, trained } from './tinyPairRuns.ts';

beforeAll(startWasm);

/** Samples of one forward pass. */
const CHUNK = 20;

it('counts masked words of pairs each once, whatever the length of their captions', SLOW, async () => {
  const run = await trained(tiny('mae-pairs', { 'optimiser.steps': 12 }), await pairs(64, 120));
  const { heldOut } = run.dataset;
  const all = Array.from({ length: heldOut.count }, (_, i) => i);
  const captions = textsOf(memberOf(run.tokenizer.cut(heldOut, all), 'text'));
  const known = (i: number) => captions[i].filter((id) => id >= FIRST_WORD).length;
  const byLength = all.toSorted((a, b) => known(a) - known(b));
  const [short, long] = [byLength.slice(0, CHUNK), byLength.slice(-CHUNK)];
  const measured = async (samples: number[]) => {
    const work = viewOf(run).measure(heldOut, samples, 0.75);
    let next = await work.next();
    while (!next.done) next = await work.next();
    return next.value;
  };
  // Half of its words are removed of each caption, one at least.
  const asked = (samples: number[]) => samples.reduce((sum, i) => sum + Math.max(1, Math.round(known(i) / 2)), 0);
  const [few, many] = [asked(short), asked(long)];
  expect(many).toBeGreaterThan(2 * few);
  const [one, other, both] = [await measured(short), await measured(long), await measured([...short, ...long])];
  for (const name of ['maskedWordAccuracy', 'wordError'] as const) {
    const [a = Number.NaN, b = Number.NaN] = [one.scores[name], other.scores[name]];
    expect(both.scores[name]).toBeCloseTo((few * a + many * b) / (few + many), 6);
    expect(Math.abs(a - b)).toBeGreaterThan(0.01);
    expect(both.errors[name]).toBeGreaterThan(0);
  }
  run.dispose();
});

it('asks for no word of a caption that has none', SLOW, async () => {
  const run = await trained(tiny('mae-pairs', { 'optimiser.steps': 1 }), await pairs(64, 40));
  const batch = run.tokenizer.cut(run.dataset.train, [0, 1, 2, 3]);
  const text = memberOf(batch, 'text');
  text.values.fill(UNKNOWN, text.patches, 2 * text.patches);
  const [phase] = phasesOf(run.config);
  const { tensors } = run.objective.draw(batch, run.config, new Random(1), phase, 0);
  expect(Array.from(tensors['text.targets'].data).every((id) => id >= FIRST_WORD)).toBe(true);
  run.dispose();
});
