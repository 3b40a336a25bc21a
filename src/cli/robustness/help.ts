import { optionLines } from '../optionTable.ts';
import { ROBUSTNESS_OPTIONS } from './options.ts';

/** The text of `robustness -- --help`, made from the same table that the options are read with. */
export function robustnessHelp(): string {
  return `What remains when a sense is missing: labels for every subset of the senses in turn, each model tested on every subset.

  npm run --silent robustness -- --seeds 1,2,3 --weights weights/ --out rows.jsonl --table
  npm run --silent robustness -- --preset masd-early --methods LP,FT,MASD --alpha none --baselines none --table
  npm run --silent robustness -- --from pairs-{seed}.safetensors --seeds 1,2 --shard 1/2 --out part1.jsonl

Methods: LP, a linear probe on frozen encoders; FT, fine-tuning from it; MASD, which also teaches the senses without labels what the others
answer; MASD*, where the student sees a random part of them. Baselines: random (frozen encoders that learned nothing) and scratch.

Options
${optionLines(ROBUSTNESS_OPTIONS)}

Exit codes: 0 done, 1 something failed, 2 wrong use (nothing was run), 130 interrupted (finished rows are kept).`;
}
