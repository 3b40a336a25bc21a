/** `npm run kills`: a training is killed at random moments, and has to end as if it had not been. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { StudyError } from '../base/errors.ts';
import { type OptionTable, readArguments } from './arguments.ts';
import { runCommand } from './command.ts';
import { type Kill, type KillSignal, killAndResume } from './kills/kill.ts';
import { counting, numberIn } from './numbers.ts';
import { COMMON_OPTIONS, optionLines } from './optionTable.ts';
import { AGAIN } from './signals.ts';

interface KillOptions {
  kill: number;
  term: number;
  usr1: number;
  seed: number;
  help: boolean;
}

const OPTIONS: OptionTable<KillOptions> = {
  kill: count('kill', 'SIGKILL', 20),
  term: count('term', 'SIGTERM', 5),
  usr1: count('usr1', 'SIGUSR1', 5),
  seed: {
    value: 'N',
    help: 'Decides the moments (default 1).',
    read: (draft, text) => {
      draft.seed = numberIn('--seed', counting(0, 1_000_000), text);
    },
  },
  help: COMMON_OPTIONS.help,
};

const EVERY = 1;
/** Some seconds of small steps, with dropout, so that random numbers have to come back too. */
const TRAINING =
  '--preset mp3-digits --set picture.size=28 --set picture.patch=7 --set model.width=32 --set model.depth=2 --set model.heads=2 --set model.dropPath=0.1 --set optimiser.batch=16 --steps 3000 --backend wasm --eval-count 100 --eval-mask-ratios 0'.split(
    ' ',
  );
/** What each signal has to end with. */
const CODES: Readonly<Record<KillSignal, number | null>> = {
  SIGKILL: null,
  SIGTERM: 143,
  SIGUSR1: AGAIN,
  SIGINT: 130,
  SIGHUP: 129,
};

function count(name: 'kill' | 'term' | 'usr1', signal: string, usual: number): OptionTable<KillOptions>[string] {
  return {
    value: 'N',
    help: `How often ${signal} (default ${usual}).`,
    read: (draft, text) => {
      draft[name] = numberIn(`--${name}`, counting(0, 10_000), text);
    },
  };
}

export function main(argv: readonly string[]): Promise<never> {
  return runCommand(async ({ print, note }) => {
    const draft: KillOptions = { kill: 20, term: 5, usr1: 5, seed: 1, help: false };
    const options = readArguments(argv, OPTIONS, draft);
    if (options.help)
      return print(`Kills a training at random moments and goes on from its checkpoint.\n\n${optionLines(OPTIONS)}`);
    const folder = mkdtempSync(path.join(tmpdir(), 'patchwork-kills-'));
    try {
      const report = await killAndResume({
        command: [process.execPath, process.argv[1] ?? '', 'train'],
        training: TRAINING,
        folder,
        signals: signalsOf(options),
        seed: options.seed,
        every: EVERY,
        mostSteps: 400,
        mostMilliseconds: 300,
        onKill: (kill) => note(describe(kill)),
      });
      const { kills, finished, equal } = report;
      const lost = Math.max(0, ...kills.map((kill) => kill.lost));
      const unreadable = kills.filter((kill) => kill.unreadable).length;
      const wrong = kills.filter(({ signal, code }) => code !== CODES[signal]);
      print(
        `${kills.length} kills (${options.kill} SIGKILL, ${options.term} SIGTERM, ${options.usr1} SIGUSR1), ${unreadable} unreadable states`,
      );
      print(`${finished} runs reached their end, ${equal} with the weights of the unbroken run, byte for byte`);
      print(`at most ${lost.toFixed(1)} s of training lost, with a checkpoint every ${EVERY} s, or 50 times what a write takes`);
      for (const { signal, code } of wrong) print(`${signal} ended with ${code}, not ${CODES[signal]}`);
      if (unreadable > 0 || equal < finished || wrong.length > 0)
        throw new StudyError('A killed run did not come back as it was.');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 'Interrupted.');
}

/** The rare ones spread among the others. */
function signalsOf({ kill, term, usr1 }: KillOptions): KillSignal[] {
  const all = [
    ...Array.from({ length: kill }, (_, i) => ({ signal: 'SIGKILL' as const, place: (i + 0.5) / kill })),
    ...Array.from({ length: term }, (_, i) => ({ signal: 'SIGTERM' as const, place: (i + 0.4) / term })),
    ...Array.from({ length: usr1 }, (_, i) => ({ signal: 'SIGUSR1' as const, place: (i + 0.6) / usr1 })),
  ];
  return all.toSorted((a, b) => a.place - b.place).map(({ signal }) => signal);
}

function describe({ signal, code, step, kept, lost }: Kill): string {
  return `${signal} at step ${step}: ended with ${code ?? 'nothing'}, goes on from step ${kept}, ${lost.toFixed(2)} s lost`;
}
