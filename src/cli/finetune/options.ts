/** Reads the command line of `finetune`. */
import { BadSettingError } from '../../base/errors.ts';
import type { BackendRequest } from '../../config/backends.ts';
import { parseValue, type SettingValue } from '../../config/field.ts';
import { LIMITS } from '../../config/limits.ts';
import { PRESET_NAMES, type PresetName } from '../../config/presets.ts';
import { RUN_FIELDS, type RunConfig } from '../../config/run.ts';
import { parseSetting } from '../../config/settings.ts';
import { type OptionTable, oneOf, readArguments } from '../arguments.ts';
import { allAsWritten, asWritten, COMMON_OPTIONS } from '../optionTable.ts';
import { PROTOCOL_NAMES, type ProtocolName } from '../protocols.ts';

type Positions = RunConfig['supervised']['positions'];

export interface FinetuneOptions {
  /** File of pretrained weights; absent, the first weights are random. */
  from?: string;
  /** Model and pictures where there is no such file. */
  preset: PresetName;
  data: string[];
  val: string[];
  protocol: ProtocolName;
  positions?: Positions;
  /** In the order given; a later one wins. */
  settings: [path: string, value: SettingValue][];
  /** Most samples to test on. */
  testCount: number;
  /** Where what was learned is written. */
  save?: string;
  backend: BackendRequest;
  json: boolean;
  help: boolean;
}

const POSITIONS = RUN_FIELDS.supervised.positions.options.map(({ value }) => value);

/** Every option once: reading, `--help` and the messages derive from this table. */
export const FINETUNE_OPTIONS: OptionTable<FinetuneOptions> = {
  from: asWritten(
    'from',
    'FILE',
    'Pretrained weights (train --save); its model, and the size of its samples, are taken. Without it the encoder is random.',
  ),
  preset: {
    value: 'NAME',
    help: 'Without --from: where model and data come from (default labels-scenes).',
    read: (draft, text) => {
      draft.preset = oneOf('--preset', PRESET_NAMES, text);
    },
  },
  data: allAsWritten(
    'data',
    'PATH',
    'Labelled pictures, sounds or texts: a folder with a folder for each class, or whatever train takes. May be given several times.',
  ),
  val: allAsWritten('val', 'PATH', 'Labelled samples to test on (with --data); without it some of the data is held out.'),
  'class-level': {
    value: 'LEVEL',
    help: 'Which folder names the class: a number (1: the first below those that all share), path, or auto (default).',
    read: (draft, text) => void draft.settings.push(settingOf('data.classLevel', text)),
  },
  'labels-per-class': {
    value: 'N',
    help: 'Labels that may be seen, of each class (default 0: all).',
    read: (draft, text) => void draft.settings.push(settingOf('supervised.labelsPerClass', text)),
  },
  protocol: {
    value: 'NAME',
    help: `${PROTOCOL_NAMES.join(', ')} (default full): what learns of them, or which classifier stands on frozen features.`,
    read: (draft, text) => {
      draft.protocol = oneOf('--protocol', PROTOCOL_NAMES, text);
    },
  },
  positions: {
    value: 'NAME',
    help: `${POSITIONS.join(', ')}: for encoders that learned without (MP3), or from scratch (default learned).`,
    read: (draft, text) => {
      draft.positions = oneOf('--positions', POSITIONS, text);
    },
  },
  steps: {
    value: 'N',
    help: 'Short for --set optimiser.steps=N (default 500).',
    read: (draft, text) => void draft.settings.push(settingOf('optimiser.steps', text)),
  },
  seed: {
    value: 'N',
    help: 'Decides which labels are seen, and every other draw. The samples and which are held out do not depend on it.',
    read: (draft, text) => void draft.settings.push(settingOf('optimiser.seed', text)),
  },
  set: {
    value: 'SECTION.FIELD=VALUE',
    help: 'Changes any setting (train --help lists them). May be given several times.',
    read: (draft, text) => {
      const [, path, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
      if (path === undefined || value === undefined)
        throw new BadSettingError(`--set takes SECTION.FIELD=VALUE, e.g. --set supervised.smoothing=0, not "${text}".`);
      draft.settings.push(settingOf(path, value));
    },
  },
  'test-count': {
    value: 'N',
    help: 'Most samples to test on (default: all).',
    read: (draft, text) => {
      const count = parseValue(RUN_FIELDS.optimiser.steps, text);
      if (typeof count !== 'number') throw new BadSettingError(`--test-count must be a whole number from 1, not "${text}".`);
      draft.testCount = count;
    },
  },
  save: asWritten(
    'save',
    'FILE',
    'Writes the fine-tuned weights there, as safetensors with timm’s names; not with linear and knn, which change no weights.',
  ),
  backend: COMMON_OPTIONS.backend,
  json: COMMON_OPTIONS.json,
  help: COMMON_OPTIONS.help,
};

/** @throws BadSettingError naming the option or setting, and what it takes */
export function parseFinetuneOptions(argv: readonly string[]): FinetuneOptions {
  const draft: FinetuneOptions = {
    preset: 'labels-scenes',
    data: [],
    val: [],
    protocol: 'full',
    settings: [],
    testCount: LIMITS.samples,
    backend: 'auto',
    json: false,
    help: false,
  };
  return readArguments(argv, FINETUNE_OPTIONS, draft);
}

function settingOf(path: string, text: string): [path: string, value: SettingValue] {
  const parsed = parseSetting(path, text);
  if (!parsed.ok) throw new BadSettingError(parsed.problem);
  return [path, parsed.value];
}
