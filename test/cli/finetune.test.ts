import { describe, expect, it } from 'vitest';
import { BadSettingError } from '../../src/base/errors.ts';
import { labelledRun } from '../../src/cli/contender.ts';
import { finetuneHelp } from '../../src/cli/finetune/help.ts';
import { FINETUNE_OPTIONS, parseFinetuneOptions } from '../../src/cli/finetune/options.ts';
import { PROTOCOL_NAMES, protocolOf } from '../../src/cli/protocols.ts';
import { presetRun } from '../../src/config/presets.ts';
import { RUN_FIELDS } from '../../src/config/run.ts';

const parse = (line: string) => parseFinetuneOptions(line.split(' '));

describe('parseFinetuneOptions', () => {
  it('reads every option', () => {
    expect(
      parse(
        '--from w --data x --val y --labels-per-class 5 --protocol last0.5 --positions none --steps 9 --seed 3 --set model.depth=2 --test-count 7 --backend cpu --json',
      ),
    ).toEqual({
      from: 'w',
      preset: 'labels-scenes',
      data: ['x'],
      val: ['y'],
      protocol: 'last0.5',
      positions: 'none',
      settings: [
        ['supervised.labelsPerClass', 5],
        ['optimiser.steps', 9],
        ['optimiser.seed', 3],
        ['model.depth', 2],
      ],
      testCount: 7,
      backend: 'cpu',
      json: true,
      help: false,
    });
  });

  it.each([
    ['--labels-per-class -1', /Labels per class/],
    ['--protocol half', /--protocol must be one of full, .*knn/],
    ['--positions here', /--positions must be one of none, sincos, learned, relative/],
    ['--set model.depth', /SECTION\.FIELD=VALUE/],
    ['--test-count 0', /--test-count/],
    ['--form w', /no option --form/],
  ])('refuses %s', (line, message) => {
    expect(() => parse(line)).toThrow(BadSettingError);
    expect(() => parse(line)).toThrow(message);
  });

  it('has every option in its help', () => {
    for (const name of Object.keys(FINETUNE_OPTIONS)) expect(finetuneHelp()).toContain(`--${name}`);
  });
});

describe('protocols', () => {
  it('name something that settings know', () => {
    const known = RUN_FIELDS.supervised.train.options.map(({ value }) => value);
    for (const name of PROTOCOL_NAMES) expect(known).toContain(protocolOf(name).train);
    expect(protocolOf('last0.5')).toEqual({ protocol: 'finetune', train: '0.5' });
    expect(protocolOf('knn').protocol).toBe('knn');
  });
});

describe('labelledRun', () => {
  const wish = { train: 'all', settings: [] } as const;

  it('keeps the positions of what was pretrained, and gives learned ones to what was not', () => {
    expect(labelledRun(presetRun('mae-scenes'), true, wish).supervised.positions).toBe('sincos');
    expect(labelledRun(presetRun('mp3-scenes'), true, { ...wish, positions: 'none' }).supervised.positions).toBe('none');
    expect(labelledRun(presetRun('mae-scenes'), false, wish).supervised.positions).toBe('learned');
    expect(labelledRun(presetRun('mae-scenes'), false, { ...wish, positions: 'relative' }).supervised.positions).toBe('relative');
    expect(() => labelledRun(presetRun('mae-scenes'), true, { ...wish, positions: 'none' })).toThrow(/learned with sincos/);
  });

  it('refuses settings that cannot run', () => {
    expect(() => labelledRun(presetRun('mp3-scenes'), true, { ...wish, settings: [['model.heads', 5]] })).toThrow(
      BadSettingError,
    );
  });
});
