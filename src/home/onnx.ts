/** The model as ONNX, for whatever runs it: browsers, phones, servers, without Python and without us. */
import { VERSION } from '../config/version.ts';
import { readVocabulary } from '../data/text/readVocabulary.ts';
import { tokenizerJson } from '../data/text/tokenizerJson.ts';
import type { Vocabulary } from '../data/text/vocabulary.ts';
import { infoMetadata } from '../io/checkpoint.ts';
import { type OnnxFile, onnxFiles } from '../io/onnx/models.ts';
import example from './example.mjs?raw';
import { onnxReadme } from './onnxReadme.ts';
import type { HomeFile, HomeModel, HomePart } from './part.ts';
import { jsonFile, textFile } from './pictureModel.ts';

const FOLDER = 'onnx/';

export const onnx: HomePart = {
  id: 'onnx',
  label: 'ONNX',
  help: 'For onnxruntime and what is built on it, in any language: samples in, features and answers out.',
  path: [FOLDER, 'example.mjs'],
  build: onnxParts,
};

/** One by one: of a large model no two files are in memory at once. */
function* onnxParts(model: HomeModel): Generator<HomeFile, void> {
  const told: Omit<OnnxFile, 'bytes'>[] = [];
  for (const { bytes, ...file } of modelFiles(model)) {
    told.push(file);
    yield { path: FOLDER + file.name, bytes };
  }
  const words = wordsOf(model);
  if (words !== undefined) yield textFile(`${FOLDER}tokenizer.json`, tokenizerJson(words));
  yield jsonFile(`${FOLDER}inputs.json`, inputsOf(model, told));
  yield textFile(`${FOLDER}README.md`, onnxReadme(model, told, words));
  yield textFile('example.mjs', example);
}

/** What programs need to know of the inputs. `count`: of a model that sees everything. */
function inputsOf({ subject, info }: HomeModel, files: readonly Omit<OnnxFile, 'bytes'>[]): object {
  const all = subject.tokens.members ?? [subject.tokens];
  const picture = all.find(({ modality }) => modality === 'picture');
  const { mean, deviation } = info;
  const statistics = all.length === 1 ? { mean, deviation } : {};
  const [patch = 1, , channels = 1] = picture?.layout ?? [];
  const size = patch * (picture?.grid[0] ?? 1);
  return {
    count: all.length,
    files: files.map(({ name, inputs, outputs }) => ({ name, inputs, outputs })),
    ...(picture === undefined ? {} : { pixel_values: { size, patch, channels, ...statistics } }),
  };
}

/** The ONNX files of a model, with all that is known of it in their `metadata_props`. */
export function modelFiles({ info, ...model }: HomeModel): Generator<OnnxFile, void> {
  return onnxFiles({ ...model, metadata: infoMetadata(info), version: VERSION });
}

/** What ids of words stand for: of a model of texts, or of one member of its pairs. */
function wordsOf({ recipe }: HomeModel): Vocabulary | undefined {
  const members: readonly unknown[] = Array.isArray(recipe.members) ? recipe.members : [];
  const recipes = [recipe, ...members.filter((one) => typeof one === 'object' && one !== null)];
  return recipes.map((one) => readVocabulary(Reflect.get(one, 'vocabulary'))).find((words) => words !== undefined);
}
