import { beforeEach, describe, expect, it } from 'vitest';
import { defaultRun } from '../../../src/config/run.ts';
import { writeSafetensors } from '../../../src/io/safetensors.ts';
import { startController } from '../../../src/ui/controller/controller.ts';
import { fineTuneProblems } from '../../../src/ui/store/fineTune.ts';
import { realWeights } from '../../worker/realWeights.ts';
import { type FakeWorkplace, fakeWorkplace, runInfo } from '../fakes.ts';
import { fakeAddress } from './openPage.ts';

let workplace: FakeWorkplace;
let controller: ReturnType<typeof startController>;

/** A page whose run is still on its way. */
function open(search: string): void {
  workplace = { ...fakeWorkplace(), startWeights: () => realWeights() };
  controller = startController(workplace.store, workplace, search);
}

beforeEach(() => {
  open('');
  workplace.trainer.tells({ type: 'run', info: runInfo(workplace.store.getState().settings.draft), cause: 'reset' });
  workplace.trainer.take();
});

const fineTune = () => workplace.store.getState().fineTune;
const texts = () => workplace.store.getState().notices.map(({ text }) => text);

/** Weights of a pretrained run, as far as the page reads them. */
function weightsFile(name = 'start.safetensors'): File {
  const tensor = { name: 'patch_embed.proj.weight', shape: [1, 3, 1, 1], data: new Float32Array(3) };
  return new File([writeSafetensors([tensor], { 'patchwork.config': JSON.stringify(defaultRun()) }).slice()], name);
}

fakeAddress();

describe('FineTuneController', () => {
  it('measures the start before the first step, then trains', async () => {
    await controller.fineTune.begin();
    const [reset] = workplace.trainer.take();
    expect(reset).toMatchObject({ type: 'reset', config: { task: { objective: 'supervised' } } });
    expect(reset).not.toHaveProperty('start');
    const { draft } = fineTune();
    workplace.trainer.tells({ type: 'run', info: runInfo(draft), cause: 'reset' });
    expect(fineTune().run?.state).toBe('measuring');
    expect(workplace.store.getState().settings.draft).toEqual(draft);
    const evaluation = { step: 0, scores: {}, pictures: 0, errors: {}, maskRatioCurve: [], uniformDistance: 2 };
    workplace.trainer.tells({ type: 'evaluation', evaluation });
    expect(workplace.trainer.take()).toEqual([]);
    const attentionDistance = Float32Array.of(1, 2);
    workplace.trainer.tells({ type: 'evaluation', evaluation: { ...evaluation, attentionDistance } });
    expect(workplace.trainer.take()).toMatchObject([{ type: 'train' }]);
    expect(fineTune().run?.before).toEqual({ distances: attentionDistance, uniform: 2 });
  });

  it('starts from the weights of the run under way', async () => {
    controller.fineTune.chooseStart('current');
    const begun = controller.fineTune.begin();
    expect(workplace.trainer.take()).toMatchObject([{ type: 'save' }]);
    workplace.trainer.tells({ type: 'saved', bytes: Uint8Array.of(7) });
    await begun;
    expect(workplace.trainer.take()).toMatchObject([{ type: 'reset', start: Uint8Array.of(7) }]);
    expect(fineTune().run?.startName).toBe('MP3 on Scenes, 0 steps');
  });

  it('says beside the field what the trainer refuses, and keeps the settings of the old run', async () => {
    const before = workplace.store.getState().settings.draft;
    workplace.trainer.tells({ type: 'phase', phase: 'running', step: 10 });
    await controller.fineTune.begin();
    workplace.trainer.refuses('BadDataError', 'Too few labels.');
    expect(texts()).toEqual(['Too few labels.']);
    expect(workplace.store.getState().run.wanted).toBe(true);
    expect(fineTune()).toMatchObject({ run: null, refused: { path: 'supervised.labelsPerClass', message: 'Too few labels.' } });
    expect(workplace.store.getState().settings.draft).toEqual(before);
    controller.fineTune.edit('supervised.labelsPerClass', 5);
    expect(fineTune().refused).toBeNull();
    await controller.fineTune.begin();
    const left = { run: 1, step: 10 };
    workplace.trainer.tells({ type: 'run', info: runInfo(fineTune().draft), cause: 'reset', left });
    expect(texts()).toEqual(['Fine-tuning began: the run started over. Undo goes back to step 10.']);
  });

  it('forgets its run when another one takes its place', async () => {
    await controller.fineTune.begin();
    workplace.trainer.tells({ type: 'run', info: runInfo(fineTune().draft), cause: 'reset' });
    workplace.trainer.tells({ type: 'run', info: runInfo(workplace.store.getState().settings.draft), cause: 'reset' });
    expect(fineTune().run).toBeNull();
  });

  it('begins with the settings of a run with labels that a link gave, until somebody chooses others', () => {
    const search = '?task.objective=supervised&model.width=32&picture.patch=8&data.dataset=digits&optimiser.steps=150';
    open(search);
    controller.fineTune.suggestStart();
    expect(fineTune()).toMatchObject({ start: 'scratch', draft: workplace.store.getState().settings.draft });
    controller.fineTune.edit('optimiser.steps', 80);
    controller.fineTune.suggestStart();
    expect(fineTune().draft).toMatchObject({ model: { width: 32 }, optimiser: { steps: 80 } });
  });

  it('begins with the model and the pictures of a run that has learned nothing yet', () => {
    open('?model.width=32&picture.patch=8&data.dataset=digits');
    controller.fineTune.suggestStart();
    expect(fineTune()).toMatchObject({
      start: 'scratch',
      draft: {
        task: { objective: 'supervised' },
        model: { width: 32 },
        data: { dataset: 'digits' },
        picture: { patch: 8, flip: false },
      },
    });
  });

  it('keeps the start before when a file cannot be one, and says so', async () => {
    await controller.fineTune.openFile(weightsFile());
    const { draft } = fineTune();
    await controller.fineTune.openFile(new File(['name,age'], 'people.csv'));
    expect(fineTune()).toMatchObject({ start: 'file', file: { name: 'start.safetensors' }, draft });
    expect(fineTune().fileProblem).toMatch(
      /^people\.csv cannot be a start\. .* The start is still start\.safetensors: fine-tune/,
    );
    expect(fineTuneProblems(fineTune(), defaultRun(), { usable: false, classes: null })).toEqual([]);
    await controller.fineTune.begin();
    expect(fineTune().fileProblem).toBeNull();
    expect(workplace.trainer.take()).toMatchObject([{ type: 'reset', start: new Uint8Array(await weightsFile().arrayBuffer()) }]);
  });

  it('says where its run started until other weights are loaded, and again once they are undone', async () => {
    const { trainer, store } = workplace;
    await controller.fineTune.openFile(weightsFile());
    await controller.fineTune.begin();
    const config = fineTune().draft;
    trainer.tells({ type: 'run', info: runInfo(config), cause: 'reset' });
    const evaluation = {
      step: 0,
      scores: {},
      pictures: 0,
      errors: {},
      maskRatioCurve: [],
      uniformDistance: 2,
      attentionDistance: Float32Array.of(1),
    };
    trainer.tells({ type: 'evaluation', evaluation });
    trainer.tells({ type: 'phase', phase: 'paused', step: 10 });
    expect(store.getState().run.origin).toBe('start.safetensors');
    const { run } = fineTune();
    await controller.fineTune.begin();
    trainer.refuses('BadDataError', 'Too few labels.');
    expect(fineTune().run).toBe(run);
    await controller.experiment.loadWeights('other.safetensors', new Blob(['x']));
    trainer.tells({ type: 'run', info: runInfo(config), cause: 'loaded', left: { run: 2, step: 10 } });
    trainer.tells({ type: 'phase', phase: 'paused', step: 20 });
    expect(fineTune().run).toBeNull();
    expect(store.getState().run.origin).toBe('other.safetensors');

    controller.experiment.undo();
    trainer.tells({ type: 'run', info: runInfo(config), cause: 'returned' });
    expect(fineTune().run).toBe(run);
    expect(store.getState().run.origin).toBe('start.safetensors');
    // Nobody is told that it starts from something else.
    expect(store.getState().notices).toEqual([]);
  });
});
