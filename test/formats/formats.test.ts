/** What earlier versions wrote is read by this one: weights as those versions wrote them, links and records in the form they had then. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readExperiments, unitsOf } from '../../src/cli/compare/experiments.ts';
import { pretrainedRun } from '../../src/cli/contender.ts';
import { readConfig } from '../../src/config/readConfig.ts';
import { defaultRun } from '../../src/config/run.ts';
import { changedPaths } from '../../src/config/settings.ts';
import { readCheckpointInfo } from '../../src/io/checkpointInfo.ts';
import { readUrl } from '../../src/io/urlState.ts';
import { readKeptRun } from '../../src/ui/controller/readKept.ts';

const file = (name: string): Buffer => readFileSync(path.join(import.meta.dirname, name));
const json = (name: string): unknown => JSON.parse(file(name).toString());

describe.each(['0.1.0', '0.2.0', '0.3.0'])('weights of %s', (version) => {
  const weights = file(`${version}/weights.safetensors`);

  it('say which run they are of, and what they do not say has its default', () => {
    const config = pretrainedRun(weights, version);
    const told = ['data.dataset', 'picture.size', 'picture.flip', 'picture.patch', 'model.width', 'model.depth', 'model.heads'];
    const changed = changedPaths(config, defaultRun()).filter((path) => !path.startsWith('optimiser.'));
    expect(changed.filter((path) => path !== 'data.splitSeed').toSorted()).toEqual(told.toSorted());
    expect(config.picture.patch).toBe(7);
    expect(config.model).toMatchObject({ width: 16, depth: 1, heads: 2, dropPath: 0 });
    expect(config.optimiser).toMatchObject({ batch: 4, steps: 3, seed: 3 });
    // What was held out hung on the seed then.
    expect(config.data.splitSeed).toBe(3);
    expect(readCheckpointInfo(weights)).toMatchObject({ step: 3, channels: 1 });
  });
});

describe.each([
  ['0.1.0', { data: { dataset: 'digits' }, model: { depth: 6 }, mp3: { classToken: 'none' }, optimiser: { seed: 7 } }],
  ['0.2.0', { data: { dataset: 'faces' }, model: { dropPath: 0.1 }, optimiser: { learningRate: 0.0005, seed: 7 } }],
  [
    '0.3.0',
    {
      task: { objective: 'selfDistillation' },
      selfDistillation: { rounds: 2 },
      mae: { mask: 'block' },
      optimiser: { steps: 300 },
    },
  ],
])('a link of %s', (version, expected) => {
  it('opens the run that it describes', () => {
    const { config, problems } = readUrl(file(`${version}/link.txt`).toString().trim());
    expect(problems).toEqual([]);
    expect(config).toMatchObject(expected);
  });
});

describe('a kept run of 0.3.0', () => {
  it('is read with its scores and curves, and without the settings that came later', () => {
    const run = readKeptRun(json('0.3.0/keptRun.json'));
    expect(run).toMatchObject({ id: 3, name: 'MAE on Scenes, 2,000 steps', scores: { maskedError: 0.61 }, step: 2000 });
    // Written without these sections: what the page would look up has to be there.
    expect(run?.config.simmim).toEqual(defaultRun().simmim);
    expect(run?.config.optimiser.seed).toBe(7);
    expect(run?.config.data.splitSeed).toBe(7);
  });

  it('is read when most of it is missing, and left alone when it is no run', () => {
    const { id, name, step, config } = json('0.3.0/keptRun.json') as Record<string, unknown>;
    expect(readKeptRun({ id, name, step, config })).toMatchObject({
      curves: { training: [], heldOut: [] },
      cost: null,
      scores: {},
    });
    expect(readKeptRun({ id, name, step, config: { ...(config as object), model: { width: 33 } } })).toBeNull();
    expect(readKeptRun({ id, name, step })).toBeNull();
    expect(readKeptRun('a run')).toBeNull();
  });
});

describe('a kept run of now', () => {
  it('is read with what happened on the way, and without what makes no sense', () => {
    const saved = json('0.3.0/keptRun.json') as { curves: object };
    const marks = [
      { step: 20, path: 'task.maskRatio', from: 0.4, to: 0.75 },
      { step: 30, text: 'brought back on WebAssembly' },
    ];
    expect(readKeptRun({ ...saved, curves: { ...saved.curves, marks } })?.curves.marks).toEqual(marks);
    expect(readKeptRun({ ...saved, curves: { ...saved.curves, marks: 'none' } })?.curves.marks).toEqual([]);
    expect(readKeptRun(saved)?.curves.marks).toBeUndefined();
  });
});

describe('experiments of 0.3.0', () => {
  it('are read', () => {
    const experiments = readExperiments(path.join(import.meta.dirname, '0.3.0/experiments.json'), [], []);
    expect(experiments.map(({ name }) => name)).toEqual(['mae', 'scratch']);
    expect(unitsOf(experiments)).toHaveLength(5);
  });
});

describe('readConfig', () => {
  const saved = { task: { objective: 'mp3' }, model: { breadth: 32, depth: 2, heads: 2 }, data: { side: 28 } };

  it('knows settings by the names that they had', () => {
    const config = readConfig(
      { ...saved, picture: { patch: 7 } },
      {
        'model.breadth': 'model.width',
        'data.side': 'picture.size',
      },
    );
    expect(config?.model).toMatchObject({ width: 32, depth: 2, heads: 2 });
    expect(config?.picture.size).toBe(28);
  });

  it.each([
    [undefined],
    [null],
    ['text'],
    [[]],
    [{ task: {} }],
    [{ task: { maskRatio: 'half' }, model: {} }],
    [{ task: { maskRatio: 2 }, model: {} }],
    [{ task: {}, model: { width: 30, heads: 4 } }],
  ])('believes nothing of %j', (value) => {
    expect(readConfig(value)).toBeUndefined();
  });

  it('takes no setting from a prototype', () => {
    expect(readConfig(Object.create({ task: {}, model: {} }))).toBeUndefined();
  });
});
