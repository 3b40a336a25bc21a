/** Weights of texts on the command line. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { parseTrainOptions } from '../../src/cli/options.ts';
import { writeCheckpoint } from '../../src/io/checkpoint.ts';
import { Run } from '../../src/trainer/run.ts';
import { savedInfo } from '../../src/trainer/savedInfo.ts';
import { startWasm } from '../tinyRun.ts';
import { storyFiles, textConfig } from '../tinyTexts.ts';

beforeAll(startWasm);

it('start a run on files with what its objective starts with on texts, and with what is asked for', async () => {
  const run = new Run({ ...textConfig('simmim'), text: { ...textConfig('simmim').text, words: 48 } }, storyFiles('tales'));
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'patchwork-texts-')), 'bert.safetensors');
  writeFileSync(file, writeCheckpoint(run.parameters.placements, await run.readWeights(), savedInfo(run)));
  run.dispose();
  const from = ['--from', file, '--objective', 'simmim', '--data', 'reviews.csv'];
  const { config, modality } = parseTrainOptions(from);
  expect(modality).toBe('text');
  expect(config).toMatchObject({
    data: { dataset: 'files', modality: 'text' },
    task: { objective: 'simmim', maskRatio: 0.3 },
    simmim: { maskUnit: 1 },
    text: { words: 48, window: 0 },
    optimiser: { batch: 32, learningRate: 0.002 },
    model: { width: 32, depth: 2, heads: 2 },
  });
  expect(parseTrainOptions([...from, '--set', 'task.maskRatio=0.2']).config.task.maskRatio).toBe(0.2);
  expect(() => parseTrainOptions([...from, '--set', 'text.words=56'])).toThrow(/holds an encoder with text\.words=48/);
});
