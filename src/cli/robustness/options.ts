/** Reads the command line of `robustness`. */
import { BadSettingError } from '../../base/errors.ts';
import type { BackendRequest } from '../../config/backends.ts';
import type { SettingValue } from '../../config/field.ts';
import { PRESET_NAMES, type PresetName } from '../../config/presets.ts';
import { ROBUST_BASELINES, ROBUST_METHODS, type RobustBaseline, type RobustMethod } from '../../config/robustMethods.ts';
import { parseSetting } from '../../config/settings.ts';
import { type OptionTable, oneOf, readArguments } from '../arguments.ts';
import { allAsWritten, asWritten, COMMON_OPTIONS, flag } from '../optionTable.ts';
import { readShard, type Shard } from '../shard.ts';

type Setting = readonly [path: string, value: SettingValue];

export interface RobustnessOptions {
  /** Weights to start from, "{seed}" in the name; absent, every seed is pretrained from `preset`. */
  from?: string;
  preset: PresetName;
  pretrain: Setting[];
  settings: Setting[];
  methods: RobustMethod[];
  baselines: RobustBaseline[];
  alphas: number[];
  seeds: number[];
  scratchSteps: number;
  testCount: number;
  data: string[];
  val: string[];
  weights?: string;
  out?: string;
  merge: string[];
  shard: Shard;
  table: boolean;
  backend: BackendRequest;
  json: boolean;
  help: boolean;
}

const list = (text: string): string[] => text.split(',').map((part) => part.trim());

/** Every option once: reading, `--help` and the messages derive from this table. */
export const ROBUSTNESS_OPTIONS: OptionTable<RobustnessOptions> = {
  from: asWritten(
    'from',
    'FILE',
    'Pretrained weights; "{seed}" in the name stands for each seed. Without it every seed is pretrained first.',
  ),
  preset: {
    value: 'NAME',
    help: 'What to pretrain: contrastive-pairs (default), contrastive-star, masd-early, masd-before, mae-pairs.',
    read: (draft, text) => {
      draft.preset = oneOf('--preset', PRESET_NAMES, text);
    },
  },
  'pretrain-set': {
    value: 'PATH=VALUE',
    help: 'A setting of the pretraining, e.g. optimiser.steps=400. May be given several times.',
    read: (draft, text) => void draft.pretrain.push(readSetting('--pretrain-set', text)),
  },
  set: {
    value: 'PATH=VALUE',
    help: 'A setting of the runs with labels, e.g. robust.labelsPerClass=20, contrastive.readout=before.',
    read: (draft, text) => void draft.settings.push(readSetting('--set', text)),
  },
  methods: {
    value: 'NAMES',
    help: `Which of ${ROBUST_METHODS.join(', ')} (default all), with commas between; "none" for baselines alone.`,
    read: (draft, text) => {
      draft.methods = text === 'none' ? [] : list(text).map((name) => oneOf('--methods', ROBUST_METHODS, name));
    },
  },
  baselines: {
    value: 'NAMES',
    help: `Which of ${ROBUST_BASELINES.join(', ')} beside them (default both), or "none".`,
    read: (draft, text) => {
      draft.baselines = text === 'none' ? [] : list(text).map((name) => oneOf('--baselines', ROBUST_BASELINES, name));
    },
  },
  alpha: {
    value: 'SHARES',
    help: 'Shares of WiSE-FT at which fine-tuned models are tested too (default 0.75), with commas between, or "none".',
    read: (draft, text) => {
      draft.alphas = text === 'none' ? [] : list(text).map(readShare);
    },
  },
  seeds: {
    value: 'NUMBERS',
    help: 'Seeds, with commas between (default 1).',
    read: (draft, text) => {
      draft.seeds = list(text).map((part) => readWhole('--seeds', part, 0));
    },
  },
  'scratch-steps': {
    value: 'N',
    help: 'Steps of the runs from scratch (default 600).',
    read: (draft, text) => {
      draft.scratchSteps = readWhole('--scratch-steps', text, 1);
    },
  },
  'test-count': {
    value: 'N',
    help: 'Test samples at most, a fair share of each class (default all).',
    read: (draft, text) => {
      draft.testCount = readWhole('--test-count', text, 1);
    },
  },
  data: allAsWritten('data', 'PATH', 'Your own pairs: a folder, an archive or a manifest. May be given several times.'),
  val: allAsWritten('val', 'PATH', 'The same to test on (with --data).'),
  weights: asWritten('weights', 'FOLDER', 'Keeps pretrained weights there, so that no seed is pretrained twice.'),
  out: asWritten('out', 'FILE', 'Gets a line of JSON for each tested model; what stands there already is not run again.'),
  merge: allAsWritten('merge', 'FILE', 'Rows of another job: they count as finished. May be given several times.'),
  shard: {
    value: 'I/N',
    help: 'Does part I of N, from 1 (default 1/1): whole rows of the table, a training subset of one seed each.',
    read: (draft, text) => {
      draft.shard = readShard(text);
    },
  },
  table: flag('table', 'Prints performance and robustness by stratum: mean and spread over seeds.'),
  backend: COMMON_OPTIONS.backend,
  json: COMMON_OPTIONS.json,
  help: COMMON_OPTIONS.help,
};

/** @throws BadSettingError naming the option, and what it takes */
export function parseRobustnessOptions(argv: readonly string[]): RobustnessOptions {
  const draft: RobustnessOptions = {
    preset: 'contrastive-pairs',
    pretrain: [],
    settings: [],
    methods: [...ROBUST_METHODS],
    baselines: [...ROBUST_BASELINES],
    alphas: [0.75],
    seeds: [1],
    scratchSteps: 600,
    testCount: 100_000,
    data: [],
    val: [],
    merge: [],
    shard: { index: 1, count: 1 },
    table: false,
    backend: 'auto',
    json: false,
    help: false,
  };
  const options = readArguments(argv, ROBUSTNESS_OPTIONS, draft);
  if (options.val.length > 0 && options.data.length === 0)
    throw new BadSettingError('--val names samples to test on, so it needs --data PATH.');
  if (options.from !== undefined && options.pretrain.length > 0)
    throw new BadSettingError(
      '--from names weights that are there: --pretrain-set has nothing to change. Leave one of the two out.',
    );
  return options;
}

function readWhole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least) return value;
  throw new BadSettingError(`${name} takes whole numbers from ${least} on, not "${text}".`);
}

function readShare(text: string): number {
  const value = Number(text);
  if (text !== '' && value >= 0 && value <= 1) return value;
  throw new BadSettingError(`--alpha takes numbers from 0 to 1, not "${text}".`);
}

function readSetting(name: string, text: string): Setting {
  const [, path, typed] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (path === undefined || typed === undefined) throw new BadSettingError(`${name} takes SECTION.FIELD=VALUE, not "${text}".`);
  const parsed = parseSetting(path, typed);
  if (!parsed.ok) throw new BadSettingError(parsed.problem);
  return [path, parsed.value];
}
