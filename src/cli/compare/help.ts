import { optionLines } from '../optionTable.ts';
import { PROTOCOL_NAMES } from '../protocols.ts';
import { COMPARE_OPTIONS } from './options.ts';

/** The text of `compare -- --help`, made from the same table that the options are read with. */
export function compareHelp(): string {
  return `Works through a list of experiments with several seeds, each: pretrain (or not), use a few labels, test.

  npm run --silent compare -- --list experiments.json --out results.jsonl --weights weights/
  npm run --silent compare -- --list experiments.json --out part2.jsonl --weights weights/ --shard 2/8
  npm run --silent compare -- --merge part*.jsonl --table
  npm run --silent compare -- --figure mae-mask-ratio --size quick

experiments.json, all but the names optional:
  [{"name": "MP3", "pretrain": {"preset": "mp3-scenes", "steps": 1000, "settings": {"model.width": 64}},
    "protocols": ["full", "linear"], "labelsPerClass": [10, 100], "seeds": [1, 2, 3], "finetune": {"settings": {"optimiser.steps": 200}}},
   {"name": "From scratch", "pretrain": null},
   {"name": "A file", "pretrain": {"from": "weights.safetensors"}, "data": "train/", "val": "test/"},
   {"name": "Senses", "pretrain": {"preset": "masd-early", "eachSeed": true}, "robustness": {"methods": ["LP", "FT", "MASD"], "alphas": [0.75]}},
   {"name": "Mask ratio", "pretrain": {"preset": "mae-scenes"}, "sweep": {"task.maskRatio": [0.25, 0.5, 0.75]}, "measures": ["scores", "stepTime"],
    "baselines": ["scratch"]}]
Protocols: ${PROTOCOL_NAMES.join(', ')}.
"robustness" stands in place of protocols: labels for every subset of the senses, tests on every subset (also: npm run robustness).
"sweep" makes an experiment of each combination of values; "finetune." in front of a path means the run with labels.

Options
${optionLines(COMPARE_OPTIONS)}

docs/scale.md: Slurm, Kubernetes, GNU parallel. Exit codes: 0 done, 1 an experiment failed (the others are done), 2 wrong use
(nothing was run), 130, 143 or 129 after SIGINT, SIGTERM or SIGHUP, 75 after SIGUSR1 (--requeue-exit): what is finished is kept, and with
--weights the pretraining that is under way too; the same command goes on from there.`;
}
