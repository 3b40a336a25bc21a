/** Models that paint, on WebGPU: against PyTorch, and recorded steps against steps run one by one. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunConfig } from '../../src/config/run.ts';
import { selectBackend } from '../../src/engine/backend.ts';
import { browserEnvironment } from '../../src/engine/environment.browser.ts';
import { EagerStepper, uploadInputs } from '../../src/engine/stepper.ts';
import { maeLoss, maeParameters } from '../../src/objectives/mae.ts';
import { distillationLoss, distillationTask, paintingPretext } from '../../src/objectives/selfDistillation.ts';
import { simmimLoss, simmimPainter, simmimParameters } from '../../src/objectives/simmim.ts';
import { Run } from '../../src/trainer/run.ts';
import { expectStep, type Fixture, toWeights } from '../reference/fixture.ts';
import maeJson from '../reference/maeWide.json';
import distillationJson from '../reference/selfDistillation.json';
import simmimJson from '../reference/simmim.json';
import { rampDataset, tinyConfig } from '../tinyRun.ts';
import { batchOf, decoderOf, fixedWeights, maePainterOf, ordersOf, specOf, uploadedTask } from './paintingFixture.ts';

beforeAll(async () => {
  const info = await selectBackend('webgpu', browserEnvironment());
  expect(info.name).toBe('webgpu');
});

/** All kernels are compiled, on a processor that plays a GPU. */
const SLOW = { timeout: 300_000 };

const read = (json: unknown) => json as Fixture;

describe('one step as PyTorch computed it', () => {
  it('MAE', SLOW, async () => {
    const fixture = read(maeJson);
    const painter = maePainterOf(fixture);
    const task = uploadedTask(fixture, painter, fixture.settings.kept);
    const fixed = fixedWeights(maeParameters(specOf(fixture), decoderOf(fixture), { encoderSees: 'kept' }));
    await expectStep(fixture, (weights) => maeLoss(painter, weights, task), fixed);
  });

  it('SimMIM', SLOW, async () => {
    const fixture = read(simmimJson);
    const spec = specOf(fixture);
    const painter = simmimPainter(spec, 1);
    const task = uploadedTask(fixture, painter, spec.patches - fixture.settings.masked);
    await expectStep(fixture, (weights) => simmimLoss(painter, weights, task), fixedWeights(simmimParameters(spec)));
  });

  it('self-distillation', SLOW, async () => {
    const fixture = read(distillationJson);
    const painter = maePainterOf(fixture);
    const batch = batchOf(fixture);
    const { tensors, sizes } = distillationTask(painter.task(batch, ordersOf(fixture), fixture.settings.kept), batch);
    const task = { tensors: uploadInputs(tensors), sizes };
    const fixed = fixedWeights(maeParameters(specOf(fixture), decoderOf(fixture), { encoderSees: 'kept' }));
    const teacher = { ...toWeights(fixture.teacher ?? {}), ...fixed };
    const loss = distillationLoss.bind(undefined, paintingPretext(painter), { match: 'features', mae: true });
    await expectStep(fixture, (weights) => loss(weights, task, teacher).loss, fixed);
  });
});

describe('recorded steps equal steps run one by one', () => {
  it.each(['simmim', 'selfDistillation'] as const)('%s', SLOW, async (objective) => {
    const tiny = tinyConfig({ steps: 3, batch: 4, warmup: 1 });
    const config: RunConfig = {
      ...tiny,
      task: { objective, maskRatio: 0.75 },
      model: { ...tiny.model, depth: 1 },
      mae: { ...tiny.mae, decoderDepth: 1, decoderWidth: 32 },
      selfDistillation: { ...tiny.selfDistillation, pretrainSteps: 3 },
    };
    const [recorded, eager] = [new Run(config, rampDataset()), new Run(config, rampDataset())];
    Reflect.set(eager, 'stepper', new EagerStepper());
    const reports = async (run: Run) => {
      const numbers: unknown[] = [];
      while (run.steps < run.totalSteps) {
        const { loss, gradientNorm, metrics } = await run.step();
        numbers.push({ loss, gradientNorm, metrics });
      }
      return numbers;
    };
    expect(await reports(recorded)).toEqual(await reports(eager));
    expect(await recorded.readWeights()).toEqual(await eager.readWeights());
    recorded.dispose();
    eager.dispose();
  });
});
