import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/data/samples.ts';
import { stepFlops } from '../../../src/trainer/flops.ts';
import { configOf, labelledPictures, openContender } from '../../../src/trainer/study/contender.ts';
import { isResult, type StudyPlan, type StudyProgress, type StudyResult, studyTasks } from '../../../src/trainer/study/plan.ts';
import { runStudy, testedPictures } from '../../../src/trainer/study/runStudy.ts';
import { colourSubject, startWasm } from '../../tinyRun.ts';
import { colourDataset, labelled, pretrainedContender, SCRATCH } from './colours.ts';

beforeAll(startWasm);

const dataset = colourDataset();

async function work(plan: StudyPlan, on: Dataset = dataset) {
  const results: StudyResult[] = [];
  const progress: StudyProgress[] = [];
  for await (const event of runStudy(plan, on)) {
    if (isResult(event)) results.push(event);
    else progress.push(event);
  }
  return { results, progress };
}

const PLAN: StudyPlan = {
  contenders: [SCRATCH],
  protocols: ['finetune', 'linear', 'knn'],
  labelsPerClass: [4, 8],
  seeds: [1, 2],
  testPictures: 16,
};

describe('runStudy', () => {
  it('has a result for every task, in order, and tells of all its work', async () => {
    const pretrained = await pretrainedContender();
    const plan: StudyPlan = { ...PLAN, contenders: [SCRATCH, { ...pretrained, protocols: ['linear', 'finetune'] }] };
    const { results, progress } = await work(plan);
    const tasks = studyTasks(plan);
    expect(tasks).toHaveLength(20);
    expect(
      results.map(({ contender, protocol, labelsPerClass, seed }) => ({ contender, protocol, labelsPerClass, seed })),
    ).toEqual(tasks);
    for (const { confusion, accuracy, testPictures, cost, name, contender } of results) {
      expect(name).toBe(plan.contenders[contender].name);
      expect(testPictures).toBe(16);
      expect(confusion.counts.reduce((sum, count) => sum + count, 0)).toBe(16);
      expect((confusion.counts[0] + confusion.counts[3]) / 16).toBeCloseTo(accuracy);
      expect(cost.seconds).toBeGreaterThan(0);
      expect(cost.gflop).toBeGreaterThan(0);
    }
    expect(new Set(progress.map(({ doing }) => doing))).toEqual(new Set(['reading', 'training', 'fitting', 'testing']));
    expect(progress.every(({ share, done, total }) => share >= 0 && share <= 1 && done < total && total === 20)).toBe(true);
  });

  it('tells red from blue, whatever the protocol', async () => {
    const { results } = await work({ ...PLAN, labelsPerClass: [12], seeds: [1] });
    expect(results.map(({ accuracy }) => accuracy)).toEqual([1, 1, 1]);
    expect(results.flatMap(({ mistakes }) => mistakes)).toEqual([]);
  });

  it('lists its mistakes, the surest first', async () => {
    const wrong = { ...dataset, heldOut: { ...dataset.heldOut, labels: dataset.heldOut.labels?.map((label) => 1 - label) } };
    const plan = { ...PLAN, protocols: ['linear' as const], labelsPerClass: [12], seeds: [1] };
    const { results } = await work(plan, wrong as Dataset);
    const tested = testedPictures(plan, wrong as Dataset);
    const [{ accuracy, mistakes }] = results;
    expect(accuracy).toBe(0);
    expect(mistakes).toHaveLength(16);
    expect(mistakes.every(({ truth, answer, picture }) => truth === 1 - answer && answer === tested[picture] % 2)).toBe(true);
    const confidences = mistakes.map(({ confidence }) => confidence);
    expect(confidences).toEqual(confidences.toSorted((a, b) => b - a));
  });

  it('gives the same numbers again, times aside', async () => {
    const plan: StudyPlan = { ...PLAN, contenders: [SCRATCH, await pretrainedContender()], labelsPerClass: [4], seeds: [3] };
    const once = (await work(plan)).results.map(({ cost: { gflop }, ...rest }) => ({ ...rest, gflop }));
    const again = (await work(plan)).results.map(({ cost: { gflop }, ...rest }) => ({ ...rest, gflop }));
    expect(again).toEqual(once);
  });

  it('counts the training of a task, and the looks of a frozen one', async () => {
    const { results } = await work({ ...PLAN, labelsPerClass: [4], seeds: [1] });
    const [knn, , finetune] = results;
    expect(finetune.cost.gflop).toBeCloseTo((12 * stepFlops(SCRATCH.config, colourSubject(SCRATCH.config, 2))) / 1e9);
    // Eight labelled pictures, one look each: a third of a step on so many, but for the embedding and the head.
    const batchOfEight = labelled({ 'optimiser.batch': 8 });
    const step = stepFlops(batchOfEight, colourSubject(batchOfEight, 2)) / 1e9;
    expect(knn.cost.gflop).toBeGreaterThan(step / 3);
    expect(knn.cost.gflop).toBeLessThan(step / 2.5);
  });

  it('measures where encoders look before and after, of the first seed and the largest set', async () => {
    const { results } = await work({ ...PLAN, protocols: ['finetune', 'knn'], locality: true });
    const measured = results.filter(({ locality }) => locality !== undefined);
    expect(measured.map(({ protocol, seed, labelsPerClass }) => [protocol, seed, labelsPerClass])).toEqual([['finetune', 1, 8]]);
    const [{ locality }] = measured;
    expect(locality).toMatchObject({ depth: 2, heads: 2 });
    expect(locality?.before).toHaveLength(4);
    expect(locality?.before.every((distance) => distance > 0.5 && distance < 4)).toBe(true);
    expect(locality?.after).not.toEqual(locality?.before);
  });

  it('leaves nothing behind, finished or stopped', async () => {
    const before = tf.memory().numTensors;
    await work({ ...PLAN, labelsPerClass: [4], seeds: [1], locality: true });
    expect(tf.memory().numTensors).toBe(before);
    const study = runStudy({ ...PLAN, protocols: ['finetune'] }, dataset);
    for (let i = 0; i < 5; i++) await study.next();
    await study.return();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('a contender', () => {
  const use = { protocol: 'finetune', labelsPerClass: 4, seed: 7 } as const;

  it('starts from its encoder, and from its seed where that has nothing', async () => {
    const contender = await pretrainedContender();
    const runs = [
      openContender(contender, use, dataset),
      openContender(contender, { ...use, seed: 8 }, dataset),
      openContender(SCRATCH, use, dataset),
    ];
    const read = async (name: string) =>
      Promise.all(
        runs.map(async (run) => {
          const place = run.parameters.placements.find(({ spec }) => spec.name === name);
          const { offset = 0, length = 0 } = place ?? {};
          return Array.from((await run.readWeights()).slice(offset, offset + length));
        }),
      );
    const [block, sameBlock, randomBlock] = await read('blocks.1.mlp.fc1.weight');
    expect(sameBlock).toEqual(block);
    expect(randomBlock).not.toEqual(block);
    const [head, otherHead] = await read('head.weight');
    expect(otherHead).not.toEqual(head);
    for (const run of runs) run.dispose();
  });

  it('is told of positions only what it learned with, when it is frozen', async () => {
    const frozen = { ...use, protocol: 'linear' } as const;
    expect(configOf(await pretrainedContender(), use).supervised.positions).toBe('learned');
    expect(configOf(await pretrainedContender(), frozen).supervised.positions).toBe('none');
    expect(configOf(SCRATCH, frozen).supervised.positions).toBe('sincos');
    expect(configOf({ name: '', config: labelled({ 'supervised.positions': 'none' }) }, frozen).supervised.positions).toBe(
      'none',
    );
  });

  it('sees the labels of its seed, of every class as many', () => {
    const { train } = dataset;
    const chosen = (seed: number) => labelledPictures(configOf(SCRATCH, { ...use, seed }), train);
    expect(chosen(1)).toHaveLength(8);
    expect(chosen(1).filter((picture) => train.labels?.[picture] === 0)).toHaveLength(4);
    expect(chosen(1)).toEqual(chosen(1));
    expect(chosen(2)).not.toEqual(chosen(1));
  });
});
