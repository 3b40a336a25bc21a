/** The robustness study behind its protocol, over a real MessageChannel: rows, and going on without working any of them out again. */
import { afterEach, describe, expect, it } from 'vitest';
import { formOf } from '../../src/config/modalities.ts';
import { PRESETS } from '../../src/config/presets.ts';
import { robustRun } from '../../src/config/robustRun.ts';
import { defaultRun, type RunConfig } from '../../src/config/run.ts';
import { applySettings } from '../../src/config/settings.ts';
import { drawnPairs } from '../../src/data/pairs/pairedSet.ts';
import { sampleOf } from '../../src/data/sample.ts';
import { type Dataset, type Samples, selectSamples } from '../../src/data/samples.ts';
import { nodeEnvironment } from '../../src/engine/environment.node.ts';
import { argmaxOfRow } from '../../src/metrics/rows.ts';
import { type RobustnessPlan, rowName } from '../../src/trainer/robustness/plan.ts';
import { openChannel } from '../../src/worker/channel.ts';
import { fill, newParcel } from '../../src/worker/parcel.ts';
import type { RobustnessCommand, RobustnessEvent } from '../../src/worker/protocol.ts';
import { serveStudy } from '../../src/worker/study.ts';

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

function tinyPlan(changes: Partial<RobustnessPlan> = {}): RobustnessPlan {
  const pretrained = applySettings(defaultRun(), {
    ...PRESETS['contrastive-pairs'].settings,
    'pair.senses': 'picture+text',
    'model.width': 16,
    'model.depth': 1,
    'model.heads': 2,
  });
  const config: RunConfig = robustRun(pretrained);
  return {
    config: {
      ...config,
      optimiser: { ...config.optimiser, steps: 2, batch: 8, warmup: 1 },
      robust: { ...config.robust, labelsPerClass: 2, unlabelled: 16 },
    },
    weights: new Map(),
    seeds: [1],
    methods: [],
    baselines: ['random', 'scratch'],
    alphas: [],
    scratchSteps: 2,
    testSamples: 20,
    ...changes,
  };
}

/** Few samples: what takes its time is drawing them. */
function fewPairs(plan: RobustnessPlan): Dataset {
  const { train, heldOut } = drawnPairs(formOf(plan.config).pair, 1);
  const first = (set: Samples, count: number) =>
    selectSamples(
      set,
      Array.from({ length: count }, (_, i) => i),
    );
  return { name: 'Few pairs', train: first(train, 120), heldOut: first(heldOut, 40), heldOutIsTrain: false };
}

/** All that a study says to one command. */
async function answer(plan: RobustnessPlan, known: readonly string[] = []): Promise<RobustnessEvent[]> {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  serveStudy(port2, await nodeEnvironment(false));
  const channel = openChannel<RobustnessCommand, RobustnessEvent>(port1);
  const events: RobustnessEvent[] = [];
  const { door, parcel } = newParcel<Dataset>();
  fill(door, fewPairs(plan), []);
  await new Promise<void>((resolve) => {
    channel.listen((event) => {
      events.push(event);
      if (event.type === 'finished' || event.type === 'error') resolve();
    });
    const data = { name: 'files', form: formOf(plan.config), seed: 1 } as const;
    channel.send({ type: 'robustness', plan, known, backend: 'wasm', data, files: parcel }, [parcel.port]);
  });
  return events;
}

const rowsOf = (events: readonly RobustnessEvent[]) => events.flatMap((event) => (event.type === 'row' ? [event.row] : []));

describe('serveStudy, asked what remains without some senses', () => {
  it('tests every model on every subset, and goes on without repeating a row', { timeout: 120_000 }, async () => {
    const plan = tinyPlan({ methods: ['FT'], baselines: ['random'], alphas: [0.5], shownSamples: 50 });
    const events = await answer(plan);
    expect(events.at(-1)).toEqual({ type: 'finished' });
    const began = events.find(({ type }) => type === 'began');
    const { heldOut } = fewPairs(plan);
    const labels = sampleOf(heldOut, 20).map((i) => heldOut.labels?.[i]);
    const largestClass = Math.max(...labels.map((label) => labels.filter((other) => other === label).length)) / 20;
    expect(began).toMatchObject({ facts: { classes: 10, samples: 20, largestClass }, warnings: [] });
    const all = rowsOf(events);
    expect(all.map(rowName)).toEqual(
      ['picture', 'text', 'picture+text'].flatMap((on) => [`FT ${on} 1`, `FT ${on} 1 0.5`, `random ${on} 1`]),
    );
    for (const { accuracy, counts } of all) {
      expect(accuracy).toHaveLength(3);
      expect(counts).toEqual([20, 20, 20]);
    }
    // Answers are of the samples that are tested on, at most, and the accuracies are theirs.
    expect(began).toMatchObject({ shown: { modality: 'pair', count: 20 } });
    const subsets = 3;
    const classes = 10;
    for (const { accuracy, answers = new Float32Array() } of all) {
      expect(answers).toHaveLength(20 * subsets * classes);
      const right = labels.filter((label, i) => argmaxOfRow(answers, (i * subsets + 2) * classes, classes) === label);
      expect(right.length / 20).toBe(accuracy[2]);
    }
    // Stopped between a model and what lies between it and its probe.
    const known = all.slice(0, 4).map(rowName);
    const later = rowsOf(await answer(plan, known));
    expect(later.map(rowName)).toEqual(all.slice(4).map(rowName));
    expect(later.map(({ accuracy }) => accuracy)).toEqual(all.slice(4).map(({ accuracy }) => accuracy));
  });

  it('says why it cannot begin', { timeout: 60_000 }, async () => {
    const { config } = tinyPlan();
    const many = { ...config, robust: { ...config.robust, labelsPerClass: 500 } };
    expect(await answer(tinyPlan({ config: many }))).toMatchObject([{ type: 'error', error: { name: 'BadDataError' } }]);
    expect(await answer(tinyPlan({ baselines: [] }))).toMatchObject([{ type: 'error', error: { name: 'BadSettingError' } }]);
  });
});
