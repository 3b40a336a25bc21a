/** `npm run export -- FILE --to FOLDER`: a saved model as files for other programs, each checked by its probe. */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { BadSettingError, messageOf } from '../base/errors.ts';
import { openModel } from '../home/openModel.ts';
import { homeFiles, homeName, offersOf } from '../home/pack.ts';
import { writeAtomic } from './atomicFile.ts';
import { type CommandOutlets, runCommand } from './command.ts';
import { EXPORT_OPTIONS, type ExportOptions, parseExportOptions } from './export/options.ts';
import { openEngine } from './openEngine.ts';
import { optionLines } from './optionTable.ts';

const HELP = `Takes a saved model home: files for PyTorch, timm, transformers and onnxruntime, a page that is the model, and a model card.

  npm run --silent export -- weights.safetensors --to FOLDER
  npm run --silent export -- run.patchwork --to FOLDER --parts card,weights,python,probe

Options
${optionLines(EXPORT_OPTIONS)}

In FOLDER, python3 example.py (needs torch only) and node proof.mjs prove that the model computes what it computed here.
Exit codes: 0 done, 1 it failed, 2 wrong use (nothing was written).`;

/** Runs the command with the words that follow it, and ends the process. */
export function main(argv: readonly string[]): Promise<never> {
  return runCommand(async (outlets) => {
    const options = parseExportOptions(argv);
    if (options.help) outlets.print(HELP);
    else await exportModel(options, outlets);
  }, 'Interrupted: some files are missing.');
}

async function exportModel({ file, to, parts }: ExportOptions, { print, note, bar }: CommandOutlets): Promise<void> {
  const model = openModel(readFile(file));
  // The same bits on every machine; a probe is two samples.
  await openEngine('wasm');
  for (const { part, refusal } of offersOf(model)) {
    if (refusal !== undefined && parts.includes(part.id)) note(`Without ${part.label}: ${refusal}`);
  }
  let done = 0;
  for await (const { path: name, bytes, part } of homeFiles(model, parts)) {
    const target = path.join(to, name);
    write(target, bytes);
    bar.draw(part, ++done, done + 1);
    print(`${target} (${sizeText(bytes.length)})`);
  }
  note(`Took home ${homeName(model)}: ${done} files in ${to}.`);
}

function sizeText(bytes: number): string {
  return bytes < 2 ** 20 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 2 ** 20).toFixed(1)} MB`;
}

function readFile(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new BadSettingError(`${file} cannot be read: ${messageOf(error)}.`);
  }
}

function write(file: string, bytes: Uint8Array): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeAtomic(file, bytes);
  } catch (error) {
    throw new BadSettingError(`--to: ${file} cannot be written (${messageOf(error)}). Choose another place, or make room.`);
  }
}
