import { describe, expect, it } from 'vitest';
import { jsonReporter } from '../../src/cli/jsonReporter.ts';
import type { DoneReport, Reporter } from '../../src/cli/reporter.ts';
import { textReporter } from '../../src/cli/textReporter.ts';
import { defaultRun } from '../../src/config/run.ts';

const DONE: DoneReport = {
  steps: 3,
  scores: { loss: 2.5, positionAccuracy: 0.25, positionTop5: 0.75, assignmentAccuracy: 0.5 },
  errors: { positionAccuracy: 0.0125 },
  testIsTrain: false,
  evalMaskRatio: { '0.75': 0.1, '0': 0.25 },
  testPictures: 500,
  msPerStep: 12.34,
  backend: 'cpu',
  params: 1234,
  seed: 1,
};

function play(reporter: Reporter): void {
  reporter.loaded(
    {
      modality: 'picture',
      used: 2,
      refused: [{ name: 'a/b.jpg', reason: 'not a picture' }],
      shortened: [],
      notes: ['Class = 1st folder: cat.'],
    },
    [{ name: 'cat', train: 1, heldOut: 1 }],
  );
  reporter.opened({
    config: defaultRun(),
    steps: 3000,
    dataset: 'Scenes',
    trainPictures: 5000,
    testPictures: 500,
    testIsTrain: false,
    backend: { name: 'cpu', label: 'CPU', reason: 'Asked for.', degraded: false },
    params: 1234,
  });
  reporter.stepped({
    step: 1,
    phase: 0,
    loss: 2.75,
    metrics: { positionAccuracy: 0.0625 },
    learningRate: 0.001,
    gradientNorm: 1,
    memoryBytes: 1,
    milliseconds: 10,
  });
  reporter.tested({ step: 1, scores: { loss: 2.7, positionAccuracy: 0.07 } });
  reporter.done(DONE);
}

describe('jsonReporter', () => {
  it('prints one object a line and the contract of the last one', () => {
    const lines: string[] = [];
    play(jsonReporter((line) => lines.push(line)));
    const events = lines.map((line) => JSON.parse(line));
    expect(lines.every((line) => !line.includes('\n'))).toBe(true);
    expect(events.map(({ event }) => event)).toEqual(['data', 'report', 'evaluation', 'done']);
    expect(events[0]).toEqual({
      event: 'data',
      modality: 'picture',
      used: 2,
      refused: [{ name: 'a/b.jpg', reason: 'not a picture' }],
      shortened: [],
      notes: ['Class = 1st folder: cat.'],
      classes: [{ name: 'cat', train: 1, heldOut: 1 }],
    });
    expect(events[1]).toMatchObject({ step: 1, loss: 2.75, positionAccuracy: 0.0625 });
    const { scores, errors, ...rest } = DONE;
    expect(events.at(-1)).toEqual({ event: 'done', ...scores, ...rest, evalEta: rest.evalMaskRatio, standardErrors: errors });
  });
});

describe('textReporter', () => {
  it('says what runs, each step and the end', () => {
    const lines: string[] = [];
    play(textReporter((line) => lines.push(line)));
    const text = lines.join('\n');
    expect(text).toContain('2 pictures used, 1 problem');
    expect(text).toContain('16 tokens (pictures of 32 px, patch 8), mask ratio 0');
    expect(text).toMatch(/^ +step +loss +position accuracy +ms\/step$/m);
    expect(text).toMatch(/^ +1 +2\.750 +6\.3 % +10$/m);
    expect(text.indexOf('mask ratio 0 ')).toBeLessThan(text.indexOf('mask ratio 0.75'));
    expect(text).toContain('12.3 ms a step on cpu');
    expect(text).toMatch(/position accuracy +25\.0 % ± 1\.3$/m);
    expect(text).toContain('on 500 test pictures:');
  });
});
