import { describe, expect, it } from 'vitest';
import { presetRun } from '../../../src/config/presets.ts';
import { defaultRun } from '../../../src/config/run.ts';
import { withSetting } from '../../../src/config/settings.ts';
import { studyTasks } from '../../../src/trainer/study/plan.ts';
import { NO_STUDY, type StudyChoice } from '../../../src/ui/store/study.ts';
import { StudyPace } from '../../../src/ui/study/pace.ts';
import { byAmount, checkChoice, makePlan, type StartedRun } from '../../../src/ui/study/plan.ts';
import { keptRun } from './reports.ts';

const choice = (more: Partial<StudyChoice> = {}): StudyChoice => ({ ...NO_STUDY.choice, ...more });
const started = (more: Partial<StartedRun> = {}): StartedRun => ({ ...keptRun(), weights: Uint8Array.of(1), ...more });

describe('makePlan', () => {
  it('sets every run beside the same model from scratch and beside random features', () => {
    const plan = makePlan(choice({ steps: 40, dataset: 'faces' }), [started()], defaultRun());
    expect(plan.contenders.map(({ name, protocols }) => [name, protocols])).toEqual([
      ['From scratch', ['finetune']],
      ['Random, frozen', ['linear', 'knn']],
      ['MP3', undefined],
    ]);
    expect(plan.seeds).toEqual([1, 2, 3]);
    expect(plan.contenders[2]).toMatchObject({ weights: Uint8Array.of(1), pretraining: { seconds: 12, gflop: 34 } });
    for (const { config } of plan.contenders) {
      expect(config.task.objective).toBe('supervised');
      expect(config.model).toMatchObject({ width: 64, depth: 4 });
      expect(config).toMatchObject({ data: { dataset: 'faces' }, picture: { flip: true } });
      expect(config.optimiser).toMatchObject({ steps: 40, warmup: 4 });
    }
    // 3 seeds, 2 sizes: from scratch and MP3 fine-tuned; random and MP3 read out in two ways.
    expect(studyTasks(plan)).toHaveLength(12 + 24);
  });

  it('makes one baseline for each model', () => {
    const wide = started({ id: '2', name: 'wide', config: withSetting(defaultRun(), 'model.width', 128) });
    const again = started({ id: '3', name: 'again', config: withSetting(defaultRun(), 'optimiser.learningRate', 0.01) });
    const { contenders } = makePlan(choice({ random: false }), [started(), wide, again], defaultRun());
    expect(contenders.map(({ name }) => name)).toEqual([
      'From scratch, as MP3, width 64, depth 4, patch 8',
      'From scratch, as MP3, width 128, depth 4, patch 8',
      'MP3',
      'wide',
      'again',
    ]);
    const models = contenders.map(({ model }) => model);
    expect(models).toEqual([models[0], models[1], models[0], models[1], models[0]]);
    expect(models[0]).not.toBe(models[1]);
  });

  it('takes only the pretraining away from a model, not its norm, its read-out or its positions', () => {
    const run = (id: string, preset: 'mae-scenes' | 'data2vec-scenes' | 'distillation-scenes') =>
      started({ id, name: preset, config: presetRun(preset) });
    const runs = [started(), run('2', 'mae-scenes'), run('3', 'data2vec-scenes'), run('4', 'distillation-scenes')];
    const { contenders } = makePlan(choice(), runs, defaultRun());
    const told = contenders.slice(0, 6).map(({ name, config: { supervised: s } }) => [name, s.norm, s.pooling, s.positions]);
    expect(told).toEqual([
      ['From scratch, as MP3', 'pre', 'class', 'learned'],
      ['Random, frozen, as MP3', 'pre', 'class', 'none'],
      ['From scratch, as MAE and Self-distillation', 'pre', 'class', 'sincos'],
      ['Random, frozen, as MAE and Self-distillation', 'pre', 'class', 'sincos'],
      ['From scratch, as data2vec 2.0', 'post', 'mean', 'sincos'],
      ['Random, frozen, as data2vec 2.0', 'post', 'mean', 'sincos'],
    ]);
    expect(contenders.slice(6).map(({ model }) => model)).toEqual([0, 2, 4, 2].map((i) => contenders[i]?.model));
  });

  it('puts every two runs together, and two seeds of each', () => {
    const runs = ['MP3', 'MAE'].map((name, id) => started({ id: String(id), name }));
    const { contenders } = makePlan(choice({ ensembles: true, random: false }), runs, defaultRun());
    expect(contenders.map(({ name, members, pretraining }) => [name, members, pretraining?.gflop])).toEqual([
      ['From scratch', undefined, undefined],
      ['MP3', undefined, 34],
      ['MAE', undefined, 34],
      ['MP3 + MAE', [1, 2], 68],
      ['MP3, two seeds', [1, 1], 34],
      ['MAE, two seeds', [2, 2], 34],
    ]);
    expect(checkChoice(choice({ ensembles: true }), [keptRun()])?.message).toContain('two kept runs or more');
    const linear = choice({ ensembles: true, protocols: ['linear'] });
    expect(checkChoice(linear, runs)?.message).toContain('are fine-tuned');
    expect(checkChoice(choice({ ensembles: true }), runs)).toBeNull();
  });

  it('mirrors no digits', () => {
    const [scratch] = makePlan(choice({ dataset: 'digits' }), [], defaultRun()).contenders;
    expect(scratch?.config.picture.flip).toBe(false);
  });

  it('puts all labels last', () => {
    expect(byAmount([0, 50, 5])).toEqual([5, 50, 0]);
  });
});

describe('checkChoice', () => {
  it('finds what cannot be compared, and says where', () => {
    expect(checkChoice(choice(), [])).toBeNull();
    const large = keptRun({ id: '2', config: withSetting(presetRun('mae-scenes'), 'picture.size', 64) });
    expect(checkChoice(choice(), [keptRun(), large])).toMatchObject({
      at: 'runs',
      message: expect.stringContaining('pictures of 32 px and pictures of 64 px'),
    });
    expect(checkChoice(choice({ scratch: false, random: false }), [])).toMatchObject({ at: 'runs' });
    expect(checkChoice(choice({ sizes: [] }), [])).toMatchObject({ at: 'labels' });
    expect(checkChoice(choice({ protocols: [] }), [])).toMatchObject({ at: 'form' });
    expect(checkChoice(choice({ random: false, protocols: ['knn'] }), [])).toMatchObject({ at: 'form' });
  });
});

describe('StudyPace', () => {
  it('judges by the tasks that are done, and is silent while some kind is unknown', () => {
    const plan = makePlan(
      choice({ sizes: [5], seeds: 1, protocols: ['knn', 'finetune'], random: false }),
      [started()],
      defaultRun(),
    );
    const tasks = studyTasks(plan);
    expect(tasks.map(({ protocol }) => protocol)).toEqual(['knn', 'finetune', 'finetune']);
    const pace = new StudyPace(plan);
    const at = (done: number, share: number) =>
      ({ done, total: 3, task: tasks[done], name: '', doing: 'training', share }) as const;
    expect(pace.secondsLeft(at(0, 0), 0)).toBeNull();
    expect(pace.secondsLeft(at(1, 0), 1000)).toBeNull();
    // Half of one fine-tuning took 2 s: 2 s for its rest, 4 s for the other.
    expect(pace.secondsLeft(at(1, 0.5), 3000)).toBeCloseTo(6);
    expect(pace.secondsLeft(at(2, 0), 5000)).toBeCloseTo(4);
  });
});
