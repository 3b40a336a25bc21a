import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { BadSettingError } from '../../src/base/errors.ts';
import { trainHelp } from '../../src/cli/help.ts';
import { parseTrainOptions, TRAIN_OPTIONS } from '../../src/cli/options.ts';
import { defaultRun } from '../../src/config/run.ts';
import { SETTING_PATHS } from '../../src/config/settings.ts';

const WEIGHTS = path.join(import.meta.dirname, '../formats/0.3.0/weights.safetensors');

const parse = (line: string) => parseTrainOptions(line === '' ? [] : line.split(' '));

describe('parseTrainOptions', () => {
  it('runs the default without options', () => {
    const options = parse('');
    expect(options.config).toEqual(defaultRun());
    expect(options).toMatchObject({
      preset: 'mp3-scenes',
      backend: 'auto',
      json: false,
      data: [],
      val: [],
      reportEvery: 10,
      evalEvery: 0,
    });
    expect(options.save).toBeUndefined();
  });

  it('reads options by the names that they had', () => {
    for (const text of ['--eval-eta 0,0.5', '--eval-eta=0,0.5']) expect(parse(text).evalMaskRatios).toEqual([0, 0.5]);
  });

  it('reads every option, as two words or one', () => {
    const options = parse(
      `--preset mp3-faces --steps 20 --seed=7 --set model.dropPath=0.1 --set picture.flip=false --eval-mask-ratios 0,0.5 --eval-count 9 --eval-every 5 --report-every 2 --backend cpu --from ${WEIGHTS} --save w.safetensors --json`,
    );
    expect(options.config).toMatchObject({ data: { dataset: 'faces' }, picture: { flip: false } });
    // The shape is the file's.
    expect(options.config.model).toEqual({ width: 16, depth: 1, heads: 2, dropPath: 0.1 });
    expect(options.config.picture).toMatchObject({ size: 28, patch: 7 });
    expect(options.config.optimiser).toMatchObject({ steps: 20, seed: 7 });
    expect(options).toMatchObject({
      evalMaskRatios: [0, 0.5],
      evalCount: 9,
      evalEvery: 5,
      reportEvery: 2,
      backend: 'cpu',
      from: WEIGHTS,
      save: 'w.safetensors',
      json: true,
    });
  });

  it('tells all that contradicts the shape of the file at once', () => {
    expect(() => parse(`--from ${WEIGHTS} --set model.width=64 --set model.heads=2 --set model.depth=3`)).toThrow(
      /model\.width=16, model\.depth=1, and the settings ask for model\.width=64, model\.depth=3/,
    );
  });

  it('lets a later setting win, wherever the preset stands', () => {
    expect(parse('--set task.maskRatio=0.5 --preset mp3-masked --set model.depth=1 --set model.depth=2').config).toMatchObject({
      task: { maskRatio: 0.5 },
      model: { depth: 2 },
    });
    expect(parse('--steps 5 --set optimiser.steps=6').config.optimiser.steps).toBe(6);
  });

  it('starts an objective with the settings that suit it, before every other', () => {
    const { task, picture, optimiser } = parse('--set picture.patch=8 --objective mae --steps 20').config;
    expect(task).toMatchObject({ objective: 'mae', maskRatio: 0.75 });
    expect(picture.patch).toBe(8);
    expect(optimiser).toMatchObject({ learningRate: 0.001, steps: 20 });
    expect(parse('--objective supervised --preset mp3-faces').config).toMatchObject({
      task: { objective: 'supervised' },
      data: { dataset: 'faces' },
    });
  });

  it('trains on files when --data is given, any number of times', () => {
    const options = parse('--data images.gz --data=labels.gz --val test/');
    expect(options.config.data.dataset).toBe('files');
    expect(options).toMatchObject({ data: ['images.gz', 'labels.gz'], val: ['test/'] });
    expect(parse('--preset mp3-cifar --data x').config.data.dataset).toBe('files');
  });

  it.each([
    ['--stesp 3', /no option --stesp/],
    ['--step 3', /Did you mean --steps\?/],
    ['pictures/', /"pictures\/" is not an option/],
    ['-x', /"-x" is not an option/],
    ['--steps', /--steps needs a value: --steps N/],
    ['--steps --json', /--steps needs a value/],
    ['--save=', /--save needs a value/],
    ['--from', /--from needs a value/],
    ['--json=1', /--json takes no value/],
    ['--steps 0', /Steps \(optimiser\.steps\) must be a whole number from 1 to 200000, not "0"/],
    ['--steps -5', /not "-5"/],
    ['--steps 1.5', /whole number/],
    ['--seed abc', /Seed \(optimiser\.seed\).*not "abc"/],
    ['--objective cats', /--objective must be one of mp3, mae, .*not "cats"/],
    ['--preset cats', /--preset must be one of mp3-scenes, .*not "cats"/],
    ['--backend gpu', /--backend must be one of auto, webgpu, webgpu-f16, wasm, cpu, not "gpu"/],
    ['--set model.width', /SECTION\.FIELD=VALUE/],
    ['--set =3', /SECTION\.FIELD=VALUE/],
    ['--set model.size=3', /no setting "model\.size".*picture\.size/],
    ['--set __proto__.width=3', /no setting/],
    ['--set model.depth=99', /Depth \(model\.depth\) must be a whole number from 0 to 12/],
    ['--set task.maskRatio=1', /from 0 to 0\.95/],
    ['--set picture.size=33', /one of 28, 32, 48, 64/],
    ['--set picture.flip=yes', /true or false/],
    ['--set model.heads=3', /multiple of the 3 heads/],
    ['--set picture.patch=7', /Patch size 7 does not cut a 32 px picture/],
    ['--eval-mask-ratios 0,1', /--eval-mask-ratios must be a number from 0 to 0\.95, not "1"/],
    ['--eval-mask-ratios 0,,0.5', /--eval-mask-ratios/],
    ['--eval-count 0', /--eval-count must be a whole number from 1/],
    ['--report-every 0', /--report-every/],
    ['--eval-every -1', /--eval-every/],
    ['--val x', /--val.*needs --data/],
    ['--preset mp3-cifar', /--preset mp3-cifar trains on your own files.*--data PATH/],
    ['--set data.dataset=files', /--data PATH/],
    ['--data x --set data.dataset=faces', /leave one of the two out/],
  ])('refuses %s', (line, message) => {
    expect(() => parse(line)).toThrow(BadSettingError);
    expect(() => parse(line)).toThrow(message);
  });

  it('shows help also beside options that do not fit together', () => {
    expect(parse('--val x --help').help).toBe(true);
    expect(parse('-h').help).toBe(true);
  });
});

describe('trainHelp', () => {
  it('names every option and every setting', () => {
    const text = trainHelp();
    for (const name of Object.keys(TRAIN_OPTIONS)) expect(text).toContain(`--${name}`);
    for (const path of SETTING_PATHS) expect(text).toContain(path);
  });
});
