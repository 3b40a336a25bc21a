/** `npm run learns`: short trainings whose numbers have to come out, on the sizes that people train. */
import { StudyError } from '../base/errors.ts';
import type { BackendRequest } from '../config/backends.ts';
import { type OptionTable, oneOf, readArguments } from './arguments.ts';
import { runCommand } from './command.ts';
import { CHECK_HELP, CHECKS, type CheckName, LEARNS } from './learns/checks.ts';
import { holds, sayClaim } from './learns/claim.ts';
import { counting, numberIn } from './numbers.ts';
import { openEngine } from './openEngine.ts';
import { COMMON_OPTIONS, optionLines } from './optionTable.ts';

interface LearnsOptions {
  only: CheckName[];
  seed: number;
  backend: BackendRequest;
  json: boolean;
  help: boolean;
}

const OPTIONS: OptionTable<LearnsOptions> = {
  only: {
    value: 'LIST',
    help: `Which: ${CHECKS.join(', ')} (default all), with commas between.`,
    read: (draft, text) => {
      draft.only = text.split(',').map((name) => oneOf('--only', CHECKS, name.trim()));
    },
  },
  seed: {
    value: 'N',
    help: 'Decides weights, labels and batches (default 1).',
    read: (draft, text) => {
      draft.seed = numberIn('--seed', counting(0, 999_999_999), text);
    },
  },
  ...COMMON_OPTIONS,
};

const HELP = `Trains for some minutes and holds what comes of it against bounds: a loss, a mask or a student with the wrong sign, scale or
senses still trains, and shows here.

  npm run --silent learns -- --backend wasm
  npm run --silent learns -- --only words --seed 2

${CHECKS.map((name) => `  ${name.padEnd(12)}${CHECK_HELP[name]}`).join('\n')}

Options
${optionLines(OPTIONS)}

Exit codes: 0 every bound holds, 1 one was missed, 2 wrong use.`;

export function main(argv: readonly string[]): Promise<never> {
  return runCommand(async ({ print, note, bar }) => {
    const draft: LearnsOptions = { only: [...CHECKS], seed: 1, backend: 'auto', json: false, help: false };
    const options = readArguments(argv, OPTIONS, draft, (argument) => `"${argument}" is not an option. See --help.`);
    if (options.help) return print(HELP);
    const { seed, json } = options;
    const engine = await openEngine(options.backend);
    const missed: string[] = [];
    for (const name of options.only) {
      note(`${name}: ${CHECK_HELP[name]}`);
      const tell = (doing: string, done: number, total: number) => bar.draw(doing, done, total);
      for await (const claim of LEARNS[name](seed, tell)) {
        engine.check();
        print(json ? JSON.stringify({ check: name, seed, ...claim, holds: holds(claim) }) : sayClaim(claim));
        if (!holds(claim)) missed.push(claim.what);
      }
    }
    if (missed.length > 0) throw new StudyError(`Missed with seed ${seed}: ${missed.join('; ')}.`);
  }, 'Interrupted: what was measured so far holds.');
}
