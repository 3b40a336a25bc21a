/** Ensembles of fine-tuned runs with the same labels, against numbers by hand and runs by hand. */
import { beforeAll, describe, expect, it } from 'vitest';
import { withSetting } from '../../../src/config/settings.ts';
import { twinSeed } from '../../../src/config/twinSeed.ts';
import { classProbabilities } from '../../../src/trainer/classes.ts';
import { Run } from '../../../src/trainer/run.ts';
import { checkStudy } from '../../../src/trainer/study/check.ts';
import { configOf, labelledPictures, openContender } from '../../../src/trainer/study/contender.ts';
import { meanProbabilities, memberTasks } from '../../../src/trainer/study/ensemble.ts';
import { type AnsweredMember, ensembleValues } from '../../../src/trainer/study/ensembleValues.ts';
import { type Contender, isResult, type StudyPlan, type StudyResult, studyTasks } from '../../../src/trainer/study/plan.ts';
import { runStudy, testedPictures } from '../../../src/trainer/study/runStudy.ts';
import { startWasm } from '../../tinyRun.ts';
import { colourDataset, labelled, pretrainedContender, SCRATCH } from './colours.ts';

beforeAll(startWasm);

const dataset = colourDataset();
const short = labelled({ 'optimiser.steps': 2 });
const PLAN: StudyPlan = {
  contenders: [{ ...SCRATCH, config: short }],
  protocols: ['finetune', 'knn'],
  labelsPerClass: [4],
  seeds: [3],
  testPictures: 16,
};
const together = (members: readonly number[]): Contender => ({ name: `of ${members.join(' and ')}`, config: short, members });

async function resultsOf(plan: StudyPlan): Promise<StudyResult[]> {
  const results: StudyResult[] = [];
  for await (const event of runStudy(plan, dataset)) if (isResult(event)) results.push(event);
  return results;
}

describe('meanProbabilities', () => {
  it('overrules a member that is less sure: by hand', () => {
    const first = Float32Array.of(0.9, 0.1, 0.4, 0.6);
    const second = Float32Array.of(0.25, 0.75, 0.5, 0.5);
    const mean = meanProbabilities([first, second]);
    for (const [i, value] of [0.575, 0.425, 0.45, 0.55].entries()) expect(mean[i]).toBeCloseTo(value, 6);
  });

  it('is of the same samples', () => {
    expect(() => meanProbabilities([new Float32Array(4), new Float32Array(6)])).toThrow('the same samples');
  });
});

describe('an ensemble in a study', () => {
  it('answers by the mean of what its members answer, each of which it tells alone', async () => {
    const contenders = [...PLAN.contenders, { ...(await pretrainedContender()), config: short }, together([0, 1])];
    const plan = { ...PLAN, contenders };
    const results = await resultsOf(plan);
    expect(results.map(({ contender, protocol }) => [contender, protocol])).toEqual([
      [0, 'knn'],
      [1, 'knn'],
      [0, 'finetune'],
      [1, 'finetune'],
      [2, 'finetune'],
    ]);
    const [, , first, second, both] = results;
    expect(both.alone).toEqual([first.accuracy, second.accuracy]);
    expect(both.cost.gflop).toBe(first.cost.gflop + second.cost.gflop);
    const tested = testedPictures(plan, dataset);
    const probabilities = await Promise.all(
      [0, 1].map(async (contender) => {
        const run = openContender(contenders[contender], { protocol: 'finetune', labelsPerClass: 4, seed: 3 }, dataset);
        for (let step = 0; step < 2; step++) await run.step();
        const answers = await classProbabilities(run, dataset.heldOut, tested);
        run.dispose();
        return answers;
      }),
    );
    const right = tested.filter((picture, row) => {
      const red = probabilities[0][2 * row] + probabilities[1][2 * row];
      const blue = probabilities[0][2 * row + 1] + probabilities[1][2 * row + 1];
      return dataset.heldOut.labels?.[picture] === (red >= blue ? 0 : 1);
    });
    expect(both.accuracy).toBeCloseTo(right.length / tested.length, 6);
  });

  it('has other weights and batches in a twin, on the same labels, and leaves the first as it was', async () => {
    const [alone] = await resultsOf({ ...PLAN, protocols: ['finetune'] });
    const [first, both] = await resultsOf({
      ...PLAN,
      protocols: ['finetune'],
      contenders: [...PLAN.contenders, together([0, 0])],
    });
    expect({ ...first, cost: null }).toEqual({ ...alone, cost: null });
    expect(both.alone?.[0]).toBe(first.accuracy);
    const [own, twin] = memberTasks({ contender: 1, protocol: 'finetune', labelsPerClass: 4, seed: 3 }, [0, 0]);
    expect(twin).toMatchObject({ contender: 0, twin: 1 });
    const [config, other] = [own, twin].map((task) => configOf(PLAN.contenders[0], task));
    expect(other.optimiser.seed).toBe(twinSeed(3, 1));
    expect(labelledPictures(other, dataset.train)).toEqual(labelledPictures(config, dataset.train));
    const [run, second] = [config, other].map((each) => new Run(each, dataset));
    expect(await second.readWeights()).not.toEqual(await run.readWeights());
    const batches = await Promise.all([run.step(), second.step()]);
    expect(batches[0].loss).not.toBe(batches[1].loss);
    for (const each of [run, second]) each.dispose();
  });

  it('is refused where it cannot be', () => {
    const refuse =
      (contenders: readonly Contender[], more: Partial<StudyPlan> = {}) =>
      () =>
        checkStudy({ ...PLAN, contenders, ...more }, dataset);
    const frozen: Contender = { name: 'Frozen', config: short, protocols: ['knn'] };
    expect(refuse([...PLAN.contenders, together([0])])).toThrow('two members or more');
    expect(refuse([together([1, 1]), ...PLAN.contenders])).toThrow('stand before it');
    expect(refuse([frozen, together([0, 0])])).toThrow('are fine-tuned');
    expect(refuse([...PLAN.contenders, together([0, 0])], { seeds: [0] })).toThrow('seeds from 1 on');
    expect(refuse([...PLAN.contenders, together([0, 0])])).not.toThrow();
    expect(studyTasks({ ...PLAN, contenders: [...PLAN.contenders, together([0, 0])] })).toHaveLength(3);
  });
});

describe('supervised.labelSeed', () => {
  it('keeps labels while the seed changes, and is the seed’s affair at 0', () => {
    const drawn = (seed: number, labelSeed: number): readonly number[] => {
      const config = withSetting(
        withSetting(labelled({ 'supervised.labelsPerClass': 4 }), 'optimiser.seed', seed),
        'supervised.labelSeed',
        labelSeed,
      );
      const run = new Run(config, dataset);
      const chosen = labelledPictures(config, dataset.train);
      run.dispose();
      return chosen;
    };
    expect(drawn(5, 1)).toEqual(drawn(1, 0));
    expect(drawn(5, 0)).not.toEqual(drawn(1, 0));
  });
});

describe('members that answer one by one', () => {
  const member = (name: string, seed: number, ...rows: readonly (readonly number[])[]): AnsweredMember => ({
    name,
    seed,
    probabilities: Float32Array.from(rows.flat()),
    truths: Uint16Array.of(0, 1),
  });
  const ENSEMBLES = [['a', 'b']] as const;

  it('are told alone, and together where all have answered: by hand', () => {
    // Each is wrong once, and less sure where it is wrong.
    const a = member('a', 1, [0.9, 0.1], [0.6, 0.4]);
    const b = member('b', 1, [0.4, 0.6], [0.1, 0.9]);
    const values = ensembleValues([a, b, { ...a, seed: 2 }], ENSEMBLES, 7);
    expect(values.map(({ at, seed, value }) => [at.contender, seed, value])).toEqual([
      ['a', 1, 0.5],
      ['b', 1, 0.5],
      ['a + b', 1, 1],
      ['a', 2, 0.5],
    ]);
    expect(values.every(({ version, measure }) => version === 7 && measure === 'finetune')).toBe(true);
  });

  it('come to what a study makes of the same members', async () => {
    const contenders = [...PLAN.contenders, { ...(await pretrainedContender()), config: short }, together([0, 1])];
    const plan = { ...PLAN, protocols: ['finetune'] as const, contenders, answers: true };
    const [first, second, both] = await resultsOf(plan);
    const answered = [first, second].map(({ answers, name, seed }) => {
      if (answers === undefined) throw new Error('it was asked for');
      return { ...answers, name, seed };
    });
    const values = ensembleValues(answered, [answered.map(({ name }) => name)], 1);
    expect(values.map(({ value }) => value)).toEqual([first.accuracy, second.accuracy, both.accuracy]);
    const [plain] = await resultsOf({ ...plan, answers: false });
    expect(plain.answers).toBeUndefined();
  });
});
