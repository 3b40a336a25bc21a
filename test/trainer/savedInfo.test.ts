import { beforeAll, describe, expect, it } from 'vitest';
import { withObjective } from '../../src/config/presets.ts';
import { VERSION } from '../../src/config/version.ts';
import { writeCheckpoint } from '../../src/io/checkpoint.ts';
import { readCheckpointInfo } from '../../src/io/checkpointInfo.ts';
import { Run } from '../../src/trainer/run.ts';
import { savedInfo } from '../../src/trainer/savedInfo.ts';
import { rampDataset, startWasm, tinyConfig } from '../tinyRun.ts';

beforeAll(startWasm);

describe('what a run’s file says of it', () => {
  it('is enough for others: how to normalise, what to read out, what the rows of its head are', async () => {
    const dataset = rampDataset();
    const run = new Run(withObjective(tinyConfig(), 'supervised'), dataset);
    const info = readCheckpointInfo(writeCheckpoint(run.parameters.placements, await run.readWeights(), savedInfo(run)));
    const { mean, deviation } = run.tokenizer.statistics;
    expect(info).toMatchObject({ mean, deviation, classes: ['even', 'odd'], pooling: 'class', heads: 2, version: VERSION });
    run.dispose();
  });
});
