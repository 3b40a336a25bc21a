import { beforeAll, describe, expect, it } from 'vitest';
import { withObjective } from '../../src/config/presets.ts';
import { currentEngine } from '../../src/engine/backend.ts';
import { openModel } from '../../src/home/openModel.ts';
import { joinParts, writeRunFile } from '../../src/io/runFile.ts';
import { newHistory } from '../../src/trainer/history.ts';
import { Run } from '../../src/trainer/run.ts';
import { runAbout } from '../../src/trainer/runAbout.ts';
import { rampDataset, startWasm, tinyConfig } from '../tinyRun.ts';

beforeAll(startWasm);

describe('a whole run', () => {
  it('is a model with all that is known of its samples, and is taken along', async () => {
    const run = new Run(withObjective(tinyConfig(), 'supervised'), rampDataset());
    await run.step();
    const about = runAbout(run, newHistory(currentEngine()));
    const file = joinParts(writeRunFile(run.parameters.placements, await run.snapshot(), about, 1));
    const model = openModel(file);
    expect(model.values).toEqual(await run.readWeights());
    expect(model).toMatchObject({ step: 1, run: file, info: { ...run.tokenizer.statistics, classes: ['even', 'odd'] } });
    run.dispose();
  });
});
