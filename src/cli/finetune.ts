/** `npm run finetune -- ...`: how far a few labels get, on a pretrained encoder or from scratch. */
import { setImmediate as letSignalsIn } from 'node:timers/promises';
import { BadSettingError } from '../base/errors.ts';
import { presetRun } from '../config/presets.ts';
import { sayOtherData } from '../io/savedData.ts';
import type { Run } from '../trainer/run.ts';
import { isResult, type StudyPlan } from '../trainer/study/plan.ts';
import { runStudy } from '../trainer/study/runStudy.ts';
import { type CommandOutlets, runCommand } from './command.ts';
import { labelledRun, pictureConfig, pretrainedRun } from './contender.ts';
import { openDataset } from './dataset.ts';
import { finetuneHelp } from './finetune/help.ts';
import { type FinetuneOptions, parseFinetuneOptions } from './finetune/options.ts';
import { finetuneReporter } from './finetune/reporter.ts';
import { openEngine } from './openEngine.ts';
import { protocolOf } from './protocols.ts';
import { checkWritable, saveWeights } from './save.ts';
import { readWeightsWithRun } from './start.ts';

/** Runs the command with the words that follow it, and ends the process. */
export function main(argv: readonly string[]): Promise<never> {
  return runCommand(async (outlets) => {
    const options = parseFinetuneOptions(argv);
    if (options.help) outlets.print(finetuneHelp());
    else await finetune(options, outlets);
  }, 'Interrupted: there is no result.');
}

async function finetune(options: FinetuneOptions, { print, note, bar }: CommandOutlets): Promise<void> {
  const { from, data, val, json, save } = options;
  if (save !== undefined && protocolOf(options.protocol).protocol !== 'finetune')
    throw new BadSettingError(
      `--save keeps fine-tuned weights; --protocol ${options.protocol} changes none: leave one of the two out.`,
    );
  if (save !== undefined) checkWritable(save);
  const plan = planOf(options, note);
  const [{ config, weights }] = plan.contenders;
  const reporter = finetuneReporter(print, json);
  // People know what is drawn.
  const news = json || data.length > 0 ? reporter : { loaded: () => undefined };
  const seen = pictureConfig(config, data);
  const dataset = await openDataset({ config: seen, data, val, modality: seen.data.modality }, { bar, note, reporter: news });
  const otherData = weights && sayOtherData(weights, dataset);
  if (otherData !== undefined) note(otherData);
  const engine = await openEngine(options.backend);
  const shown = { config, protocol: options.protocol, from, dataset, backend: engine.backend };
  const keep = save === undefined ? undefined : async (run: Run) => note(await saveWeights(run, save));
  for await (const event of runStudy(plan, dataset, keep)) {
    engine.check();
    if (isResult(event)) {
      bar.clear();
      reporter.done(shown, event);
    } else bar.draw(event.doing, Math.round(100 * event.share), 100);
    await letSignalsIn();
  }
}

/** A study of one contender, protocol, size and seed. */
function planOf(
  { from, preset, data, val, protocol: name, positions, settings, testCount }: FinetuneOptions,
  note: (text: string) => void,
): StudyPlan {
  const weights = from === undefined ? undefined : readWeightsWithRun(from, note);
  const base = weights === undefined ? presetRun(preset) : pretrainedRun(weights, from ?? '');
  const { protocol, train } = protocolOf(name);
  const config = labelledRun(base, weights !== undefined, { train, positions, settings });
  if (val.length > 0 && data.length === 0) throw new BadSettingError('--val names samples to test on, so it needs --data PATH.');
  if (config.data.dataset === 'files' && data.length === 0)
    throw new BadSettingError(
      'Which labelled samples? Name them with --data PATH, or take built-in ones: --set data.dataset=scenes.',
    );
  return {
    contenders: [{ name: from ?? 'From scratch', config, ...(weights && { weights }) }],
    protocols: [protocol],
    labelsPerClass: [config.supervised.labelsPerClass],
    seeds: [config.optimiser.seed],
    testPictures: testCount,
  };
}
