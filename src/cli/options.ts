/** Reads the command line of `train` into a checked run. */
import { BadSettingError } from '../base/errors.ts';
import type { BackendRequest } from '../config/backends.ts';
import { checkRun } from '../config/check.ts';
import type { Settings } from '../config/field.ts';
import { LIMITS } from '../config/limits.ts';
import { MODALITY_NAMES, type ModalityName, modalityOf } from '../config/modalities.ts';
import { OBJECTIVE_NAMES, type ObjectiveName } from '../config/objectives.ts';
import { switchToFiles } from '../config/ownFiles.ts';
import { PRESET_NAMES, type PresetName, presetRun, switchObjective } from '../config/presets.ts';
import { takeSettings } from '../config/readConfig.ts';
import { RUN_FIELDS, type RunConfig } from '../config/run.ts';
import { withSetting } from '../config/settings.ts';
import { encoderShape } from '../io/encoderShape.ts';
import type { RunFile } from '../io/runFile.ts';
import { type OptionTable, oneOf, readArguments } from './arguments.ts';
import { CHECKPOINT_DEFAULTS, CHECKPOINT_OPTIONS, type CheckpointOptions } from './checkpoint/options.ts';
import { readResumed, refuseOtherRun } from './checkpoint/resume.ts';
import { counting, numberIn } from './numbers.ts';
import { allAsWritten, asWritten, COMMON_OPTIONS } from './optionTable.ts';
import { readWeights } from './start.ts';

export interface TrainOptions extends CheckpointOptions {
  preset: PresetName;
  objective?: ObjectiveName;
  config: RunConfig;
  /** Files, archives and folders to learn from; empty for a built-in data set. */
  data: string[];
  /** The same to test on; empty when some of the data is held out for that. */
  val: string[];
  evalMaskRatios: number[];
  /** Settings that were asked for, as they were written. */
  asked: readonly (readonly [path: string, text: string])[];
  /** What is read of the files; absent, whatever there is more of. */
  modality?: ModalityName;
  /** Most samples to test on. */
  evalCount: number;
  /** Steps between tests while training; 0 tests only at the end. */
  evalEvery: number;
  /** Steps between reports. */
  reportEvery: number;
  backend: BackendRequest;
  /** File of pretrained weights. */
  from?: string;
  save?: string;
  /** File that the whole run is written to. */
  checkpoint?: string;
  /** File to go on from, once there is one. */
  resume?: string;
  /** What was in it; absent when there is none yet. */
  resumed?: RunFile;
  json: boolean;
  help: boolean;
}

/** What the options add up to before they are checked against each other. */
interface Draft extends Omit<TrainOptions, 'config' | 'asked' | 'preset'> {
  preset?: PresetName;
  /** Settings in the order given; a later one wins. */
  settings: [path: string, text: string][];
}

/** Where nothing says what to train. */
const DEFAULT_PRESET = 'mp3-scenes';

/** Every option once: reading, `--help` and the messages derive from this table. */
export const TRAIN_OPTIONS: OptionTable<Draft> = {
  preset: {
    value: 'NAME',
    help: `Settings to start from: ${PRESET_NAMES.join(', ')} (default mp3-scenes).`,
    read: (draft, text) => {
      draft.preset = oneOf('--preset', PRESET_NAMES, text);
    },
  },
  objective: {
    value: 'NAME',
    help: `What to learn, with settings that suit it: ${OBJECTIVE_NAMES.join(', ')}. Comes before every --set.`,
    read: (draft, text) => {
      draft.objective = oneOf('--objective', OBJECTIVE_NAMES, text);
    },
  },
  data: allAsWritten(
    'data',
    'PATH',
    'Pictures, sounds or texts to learn from: a folder, .zip, .tar, .tar.gz, a file, IDX or CIFAR .bin. May be given several times. Of a mixture the larger part is read, or what --set data.modality says.',
  ),
  val: allAsWritten(
    'val',
    'PATH',
    'Pictures, sounds or texts to test on (with --data); without it some of the data is held out.',
  ),
  'class-level': {
    value: 'LEVEL',
    help: `Which folder names the class: a number (1: the first below those that all share), path, none, or auto (default). Short for --set data.classLevel=LEVEL.`,
    read: (draft, text) => void draft.settings.push(['data.classLevel', text]),
  },
  steps: {
    value: 'N',
    help: 'Short for --set optimiser.steps=N.',
    read: (draft, text) => void draft.settings.push(['optimiser.steps', text]),
  },
  seed: {
    value: 'N',
    help: 'Short for --set optimiser.seed=N.',
    read: (draft, text) => void draft.settings.push(['optimiser.seed', text]),
  },
  set: {
    value: 'SECTION.FIELD=VALUE',
    help: 'Changes any setting listed below. May be given several times.',
    read: (draft, text) => void draft.settings.push(splitSetting(text)),
  },
  'eval-mask-ratios': {
    formerly: 'eval-eta',
    value: 'LIST',
    help: 'Mask ratios to test at when the run is done (default 0,0.25,0.5,0.75,0.9).',
    read: (draft, text) => {
      draft.evalMaskRatios = text.split(',').map((part) => numberIn('--eval-mask-ratios', RUN_FIELDS.task.maskRatio, part));
    },
  },
  'eval-count': {
    value: 'N',
    help: 'Most samples to test on (default: all that were given or held out).',
    read: (draft, text) => {
      draft.evalCount = numberIn('--eval-count', counting(1, LIMITS.samples), text);
    },
  },
  'eval-every': {
    value: 'N',
    help: 'Tests every N steps while training too (default 0: only at the end).',
    read: (draft, text) => {
      draft.evalEvery = numberIn('--eval-every', counting(0, RUN_FIELDS.optimiser.steps.max), text);
    },
  },
  'report-every': {
    value: 'N',
    help: 'Reports every N steps, and the first and last one (default 10).',
    read: (draft, text) => {
      draft.reportEvery = numberIn('--report-every', counting(1, RUN_FIELDS.optimiser.steps.max), text);
    },
  },
  backend: COMMON_OPTIONS.backend,
  from: asWritten(
    'from',
    'FILE',
    'Starts from the encoder in a file of weights, whatever it was pretrained for; the shape of the model is taken from it.',
  ),
  save: asWritten('save', 'FILE', 'Writes the trained weights there, as safetensors.'),
  checkpoint: asWritten(
    'checkpoint',
    'FILE',
    'Writes the whole run there every now and then, at a signal and at the end: --resume goes on from it, and the page opens it.',
  ),
  'checkpoint-every': CHECKPOINT_OPTIONS['checkpoint-every'],
  resume: asWritten(
    'resume',
    'FILE',
    'Goes on from a run file if it exists, else begins; writes checkpoints to it, unless --checkpoint names another. One command for a job that may be started again.',
  ),
  'requeue-exit': CHECKPOINT_OPTIONS['requeue-exit'],
  json: COMMON_OPTIONS.json,
  help: COMMON_OPTIONS.help,
};

/** @throws BadSettingError naming the option or setting, and what it takes */
export function parseTrainOptions(argv: readonly string[]): TrainOptions {
  const { settings, ...draft } = readOptions(argv);
  const options = { ...draft, preset: draft.preset ?? DEFAULT_PRESET };
  if (options.help) return { ...options, asked: [], config: presetRun(options.preset) };
  const resumed = options.resume === undefined ? undefined : readResumed(options.resume);
  // Without a start of its own the command is about the file's run.
  const isOwn = resumed === undefined || draft.preset !== undefined || options.objective !== undefined;
  const config = configure(options, settings, isOwn ? undefined : resumed.record.config);
  if (resumed !== undefined) refuseOtherRun(options.resume ?? '', resumed.record.config, config);
  const isGiven = options.from !== undefined || settings.some(([path]) => path === 'data.modality');
  return {
    ...options,
    asked: settings,
    config,
    ...(resumed && { resumed }),
    ...((isGiven || resumed !== undefined) && { modality: config.data.modality }),
  };
}

function readOptions(argv: readonly string[]): Draft {
  const draft: Draft = {
    settings: [],
    data: [],
    val: [],
    evalMaskRatios: [0, 0.25, 0.5, 0.75, 0.9],
    evalCount: LIMITS.samples,
    evalEvery: 0,
    reportEvery: 10,
    backend: 'auto',
    ...CHECKPOINT_DEFAULTS,
    json: false,
    help: false,
  };
  return readArguments(argv, TRAIN_OPTIONS, draft, unknownArgument);
}

function unknownArgument(argument: string, name: string): string {
  if (name === '') return `"${argument}" is not an option. See --help.`;
  const near = Object.keys(TRAIN_OPTIONS).find((known) => known.startsWith(name) || name.startsWith(known));
  return `There is no option --${name}.${near === undefined ? '' : ` Did you mean --${near}?`} See --help.`;
}

/** Tells all that contradicts the file at once. */
function refuseOtherShapes(from: string, shape: Settings, settings: Draft['settings']): void {
  const chosen = new Map(settings);
  const other = Object.entries(shape).filter(([path, value]) => chosen.has(path) && chosen.get(path) !== String(value));
  if (other.length === 0) return;
  const held = other.map(([path, value]) => `${path}=${value}`).join(', ');
  const asked = other.map(([path]) => `${path}=${chosen.get(path)}`).join(', ');
  throw new BadSettingError(
    `${from} holds an encoder with ${held}, and the settings ask for ${asked}. Leave them out: the shape is taken from the file.`,
  );
}

/** @param resumed settings to start from, in place of the preset's */
function configure(
  options: Omit<TrainOptions, 'config' | 'asked'>,
  settings: Draft['settings'],
  resumed: RunConfig | undefined,
): RunConfig {
  const chosen = new Map(settings).get('data.dataset');
  const preset = resumed ?? presetRun(options.preset);
  const chosenStart = options.objective === undefined ? preset : switchObjective(preset, options.objective);
  const shape = options.from === undefined ? {} : encoderShape(readWeights(options.from));
  // Until files are looked into they are what the encoder reads, or the preset is of.
  const start = options.data.length > 0 ? switchToFiles(chosenStart, readBy(shape) ?? modalityOf(chosenStart)) : chosenStart;
  refuseOtherShapes(options.from ?? '', shape, settings);
  const taken = takeSettings(start, [...Object.entries(shape), ...settings]);
  if (taken.problems.length > 0) throw new BadSettingError(taken.problems.join('\n'));
  let { config } = taken;
  if (options.data.length > 0) {
    if (chosen !== undefined && chosen !== 'files') {
      throw new BadSettingError(
        `--data brings files, but data.dataset=${chosen} asks for built-in ones: leave one of the two out.`,
      );
    }
    config = withSetting(config, 'data.dataset', 'files');
  } else if (options.val.length > 0) {
    throw new BadSettingError('--val names files to test on, so it needs --data PATH with files to learn from.');
  } else if (config.data.dataset === 'files') {
    throw new BadSettingError(
      `${chosen === 'files' ? 'data.dataset=files' : `--preset ${options.preset}`} trains on your own files: name them with --data PATH.`,
    );
  }
  const problems = checkRun(config);
  if (problems.length > 0)
    throw new BadSettingError(problems.map(({ path, message }) => `${message} (--set ${path}=...)`).join('\n'));
  return config;
}

/** What an encoder in a file reads, by the settings that cut its samples. */
function readBy(shape: Settings): ModalityName | undefined {
  return MODALITY_NAMES.find((name) => Object.keys(shape).some((path) => path.startsWith(`${name}.`)));
}

function splitSetting(text: string): [path: string, value: string] {
  const equals = text.indexOf('=');
  if (equals < 1) throw new BadSettingError(`--set takes SECTION.FIELD=VALUE, e.g. --set model.depth=6, not "${text}".`);
  return [text.slice(0, equals), text.slice(equals + 1)];
}
