/** Encoders that know other words than the texts that they meet. */
import { beforeAll, describe, expect, it } from 'vitest';
import { fineTuneConfig } from '../../src/config/fineTune.ts';
import type { Dataset } from '../../src/data/samples.ts';
import type { TextSet } from '../../src/data/text/textSet.ts';
import { writeCheckpoint } from '../../src/io/checkpoint.ts';
import { readCheckpointInfo } from '../../src/io/checkpointInfo.ts';
import { encoderShape } from '../../src/io/encoderShape.ts';
import { readSafetensors, writeSafetensors } from '../../src/io/safetensors.ts';
import { asLearned, sayOtherData } from '../../src/io/savedData.ts';
import { Run } from '../../src/trainer/run.ts';
import { savedInfo } from '../../src/trainer/savedInfo.ts';
import { checkStudy } from '../../src/trainer/study/check.ts';
import { isResult, type StudyPlan } from '../../src/trainer/study/plan.ts';
import { runStudy } from '../../src/trainer/study/runStudy.ts';
import { rampDataset, startWasm, tinyConfig } from '../tinyRun.ts';
import { storyFiles, textConfig } from '../tinyTexts.ts';

beforeAll(startWasm);

const TALES = storyFiles('tales');
const REPORTS = storyFiles('reports');

const wordsOf = ({ train }: Dataset): readonly string[] => (train as TextSet).vocabulary.names;

async function savedFrom(dataset: Dataset): Promise<Uint8Array> {
  const run = new Run(textConfig('simmim'), dataset);
  await run.step();
  const bytes = writeCheckpoint(run.parameters.placements, await run.readWeights(), savedInfo(run));
  run.dispose();
  return bytes;
}

describe('an encoder of texts', () => {
  it('carries its words, and what it starts reads others in them', { timeout: 60_000 }, async () => {
    const bytes = await savedFrom(TALES);
    const { tensors, metadata } = readSafetensors(bytes);
    expect(tensors.find(({ name }) => name === 'text.embed.weight')?.shape).toEqual([wordsOf(TALES).length, 32]);
    expect(JSON.parse(metadata['patchwork.tokens'] ?? '{}')).toEqual({
      modality: 'text',
      words: 56,
      vocabulary: (TALES.train as TextSet).vocabulary,
    });
    expect(readCheckpointInfo(bytes)).toMatchObject({ channels: 1, config: { task: { objective: 'simmim' } } });
    expect(encoderShape(bytes)).toMatchObject({ 'text.words': 56, 'text.tokens': 'words', 'model.width': 32 });

    expect(wordsOf(REPORTS)).not.toEqual(wordsOf(TALES));
    const read = asLearned(bytes, REPORTS);
    expect(wordsOf(read)).toEqual(wordsOf(TALES));
    expect(asLearned(bytes, TALES)).toBe(TALES);
    expect(sayOtherData(bytes, TALES)).toBeUndefined();
    expect(sayOtherData(bytes, REPORTS)).toMatch(
      new RegExp(`^These texts are read in the ${wordsOf(TALES).length} words that the weights know; \\d+\\.\\d % of what`),
    );
    const tuned = new Run(fineTuneConfig(textConfig('simmim')), read);
    expect(tuned.startFrom(bytes).added).toEqual(['head.weight', 'head.bias']);
    const further = new Run(textConfig('simmim'), read);
    expect(further.startFrom(bytes)).toEqual({ added: [], unused: [], resized: [] });
    for (const run of [tuned, further]) run.dispose();
  });

  it('is refused where it would read other words by its numbers', { timeout: 60_000 }, async () => {
    const bytes = await savedFrom(TALES);
    const [theirs, own] = [TALES, REPORTS].map((dataset) => wordsOf(dataset).length);
    const run = new Run(fineTuneConfig(textConfig('simmim')), REPORTS);
    expect(() => run.startFrom(bytes)).toThrow(
      `The saved encoder reads ${theirs} words, the one to be trained reads ${own} words.`,
    );
    const seen = new Run(fineTuneConfig(tinyConfig()), rampDataset());
    expect(() => seen.startFrom(bytes)).toThrow('The saved encoder reads texts, the one to be trained pictures.');
    const { tensors, metadata } = readSafetensors(bytes);
    const without = writeSafetensors(
      tensors.filter(({ name }) => name !== 'text.embed.weight'),
      metadata,
    );
    expect(() => readCheckpointInfo(without)).toThrow(/no tensor patch_embed\.proj\.weight/);
    for (const each of [run, seen]) each.dispose();
  });
});

describe('a study of encoders that know other words', () => {
  it('reads the samples in the words of each', { timeout: 120_000 }, async () => {
    const config = fineTuneConfig(textConfig('simmim'));
    const contender = { config: { ...config, optimiser: { ...config.optimiser, steps: 1 } } };
    const plan: StudyPlan = {
      contenders: [
        { ...contender, name: 'of tales', weights: await savedFrom(TALES) },
        { ...contender, name: 'of reports', weights: await savedFrom(REPORTS) },
        { ...contender, name: 'from scratch', protocols: ['finetune'] },
      ],
      protocols: ['finetune', 'linear'],
      labelsPerClass: [2],
      seeds: [1],
      testPictures: 12,
    };
    expect(() => checkStudy(plan, REPORTS)).not.toThrow();
    const words = new Map<string, number | undefined>();
    const results: string[] = [];
    for await (const event of runStudy(plan, REPORTS, async (run) => {
      words.set(`${results.length}`, run.subject.tokens.vocabulary);
    })) {
      if (isResult(event)) results.push(`${event.name}, ${event.protocol}`);
    }
    expect(results.toSorted()).toEqual([
      'from scratch, finetune',
      'of reports, finetune',
      'of reports, linear',
      'of tales, finetune',
      'of tales, linear',
    ]);
    const [tales, reports] = [TALES, REPORTS].map((dataset) => wordsOf(dataset).length);
    expect([...words.values()].toSorted()).toEqual([tales, reports, reports].toSorted());
  });
});
