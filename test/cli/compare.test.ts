import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { BadSettingError } from '../../src/base/errors.ts';
import { Contents } from '../../src/cli/compare/contents.ts';
import { readExperiments, shardOf, unitsOf } from '../../src/cli/compare/experiments.ts';
import { compareHelp } from '../../src/cli/compare/help.ts';
import { keyOf } from '../../src/cli/compare/keys.ts';
import { COMPARE_OPTIONS, parseCompareOptions } from '../../src/cli/compare/options.ts';
import { encoderRun, readStart } from '../../src/cli/compare/pretraining.ts';
import { appendResult, describeVersions, readResults, type UnitResult } from '../../src/cli/compare/results.ts';
import { resultsTable } from '../../src/cli/compare/table.ts';
import { checkUnit, configOf } from '../../src/cli/compare/unit.ts';
import type { TestedRow } from '../../src/cli/robustness/rows.ts';
import { PRESETS } from '../../src/config/presets.ts';
import { RESULTS_VERSION } from '../../src/config/resultsVersion.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'patchwork-compare-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: unknown): string {
  const file = path.join(folder, name);
  writeFileSync(file, typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content));
  return file;
}

const units = (list: unknown, data: string[] = []) => unitsOf(readExperiments(write('list.json', list), data, []));

describe('a list of experiments', () => {
  it('fills in what is left out', () => {
    const [first] = readExperiments(write('list.json', [{ name: 'a', data: 'x', labelsPerClass: 5 }]), ['y'], []);
    expect(first).toMatchObject({ pretrain: null, data: ['x'], protocols: ['full'], labelsPerClass: [5], seeds: [1, 2, 3] });
    expect(readExperiments(write('list.json', [{ name: 'a' }]), ['y'], ['z'])[0]).toMatchObject({ data: ['y'], val: ['z'] });
  });

  it.each([
    ['mp3-scenes', 'picture'],
    ['labels-syllables', 'sound'],
    ['bert-tales', 'text'],
    ['contrastive-pairs', 'pair'],
  ])('on files reads what %s is of', (preset, modality) => {
    const [unit] = units([{ name: 'a', pretrain: { preset }, labelsPerClass: 5 }], ['files']);
    expect(encoderRun(unit)?.data).toMatchObject({ dataset: 'files', modality });
    if (modality !== 'pair') expect(configOf(unit, 'full').data).toMatchObject({ dataset: 'files', modality });
  });

  it.each<[unknown, RegExp]>([
    ['{', /--list cannot read/],
    [[], /Too small/],
    [[{ name: 'a', seeds: [] }], /\[0\]\.seeds/],
    [[{ name: 'a' }, { name: 'b', protocols: ['fool'] }], /\[1\]\.protocols\[0\].*last0\.5/],
    [[{ name: 'a', pretrain: { stesp: 3 } }], /\[0\]\.pretrain/],
    [[{ name: 'a', labelPerClass: 3 }], /\[0\]: .*labelPerClass/],
    [[{ name: 'a', robustness: {} }], /\[0\]\.pretrain: A robustness study starts from pretraining/],
    [[{ name: 'a', pretrain: { preset: 'masd-early' }, robustness: {}, labelsPerClass: 9 }], /\[0\]\.labelsPerClass/],
    [[{ name: 'a', pretrain: { preset: 'masd-early' }, robustness: { alphas: [2] } }], /\[0\]\.robustness\.alphas\[0\]/],
    [[{ name: 'a' }, { name: 'a' }], /\[1\]\.name: "a" stands twice/],
  ])('refuses %j', (list, message) => {
    expect(() => units(list)).toThrow(BadSettingError);
    expect(() => units(list)).toThrow(message);
  });

  it.each<[object, RegExp]>([
    [{ pretrain: { settings: { 'model.widht': 3 } } }, /^a: .*Did you mean model\.width/],
    [{ pretrain: { settings: { 'model.width': 33 } } }, /^a: .*Width 33 must be a multiple/],
    [{ finetune: { settings: { 'optimiser.steps': 0 } } }, /^a: Steps/],
    [{ pretrain: { preset: 'mp3-cifar' } }, /^a: which data/],
    [
      { pretrain: { preset: 'masd-early' }, robustness: {}, finetune: { settings: { 'robust.labelsPerClass': 0 } } },
      /^a: .*[Ll]abel/,
    ],
    [{ pretrain: { from: path.join(folder, 'nowhere') } }, /^a: "from" cannot read/],
  ])('finds out that %j cannot run', (changes, message) => {
    const [unit] = units([{ name: 'a', ...changes }]);
    expect(() => checkUnit(unit)).toThrow(message);
  });

  it('is cut into units that shards share out, every unit once', () => {
    const all = units([{ name: 'a' }, { name: 'b', seeds: [5, 6] }]);
    expect(all.map(({ experiment, seed }) => `${experiment.name}${seed}`)).toEqual(['a1', 'a2', 'a3', 'b5', 'b6']);
    const shards = [1, 2, 3].map((index) => shardOf(all, { index, count: 3 }));
    expect(shards.map((shard) => shard.length)).toEqual([2, 2, 1]);
    expect(new Set(shards.flat())).toEqual(new Set(all));
  });

  const key = (list: unknown) => keyOf(units(list)[0], new Contents());

  it('knows equal work by its key, whatever the other seeds and the order of its words', async () => {
    const one = await key([{ name: 'a', seeds: [1, 2], finetune: { settings: { 'model.width': 32, 'model.depth': 2 } } }]);
    expect(await key([{ finetune: { settings: { 'model.depth': 2, 'model.width': 32 } }, name: 'a', seeds: [1] }])).toBe(one);
    expect(await key([{ name: 'a', seeds: [2], finetune: { settings: { 'model.width': 32, 'model.depth': 2 } } }])).not.toBe(one);
    expect(await key([{ name: 'a', seeds: [1], finetune: { settings: { 'model.width': 64, 'model.depth': 2 } } }])).not.toBe(one);
  });

  it('has settings as they are resolved in its key, not as they were wished for', async () => {
    const preset = await key([{ name: 'a', pretrain: { preset: 'mae-scenes' } }]);
    const { settings } = PRESETS['mae-scenes'];
    const { 'task.objective': objective, ...others } = settings;
    expect(await key([{ name: 'a', pretrain: { objective, settings: others } }])).toBe(preset);
    // A preset that changes with the program makes other numbers.
    expect(await key([{ name: 'a', pretrain: { preset: 'mae-scenes', settings: { 'optimiser.warmup': 90 } } }])).not.toBe(preset);
  });

  it('has in its key what a robustness study asks for, and nothing of it where there is none', async () => {
    const study = { pretrain: { preset: 'masd-early' }, seeds: [1] };
    const keys = await Promise.all(
      [{}, { alphas: [0.5] }, { methods: ['LP'] }, { alphas: [0.75] }].map((robustness) =>
        keyOf(units([{ name: 'a', ...study, robustness }])[0], new Contents()),
      ),
    );
    expect(new Set(keys).size).toBe(3);
    expect(keys[3]).toBe(keys[0]);
  });

  it('has what its files hold in its key, not where they lie', async () => {
    const weights = readFileSync(path.join(import.meta.dirname, '../formats/0.3.0/weights.safetensors'));
    const from = write('w', weights);
    const before = await key([{ name: 'a', pretrain: { from } }]);
    expect(await key([{ name: 'a', pretrain: { from: write('elsewhere', weights) } }])).toBe(before);
    weights[weights.length - 3] ^= 1;
    write('w', weights);
    expect(await key([{ name: 'a', pretrain: { from } }])).not.toBe(before);

    const data = write('photo.png', 'a picture');
    const one = await key([{ name: 'a', data }]);
    write('photo.png', 'another!!');
    expect(await key([{ name: 'a', data }])).not.toBe(one);
  });

  it('starts from weights of others as finetune does: the shape is that of the tensors, and the rest is told', async () => {
    const from = path.join(import.meta.dirname, '../reference/torchFiles/vit.pth');
    const data = write('own.png', 'a picture');
    const [unit] = units([{ name: 'a', pretrain: { from }, data }]);
    checkUnit(unit);
    expect(configOf(unit, 'full').model).toMatchObject({ width: 64, heads: 1 });
    expect(readStart(from).notes.join()).toMatch(/Taken for granted: 1 head of 64 numbers/);
    expect(await key([{ name: 'a', pretrain: { from }, data }])).toMatch(/^[0-9a-f]{24}$/);
  });

  it('takes a file of weights for each seed', () => {
    for (const seed of [1, 2]) write(`w-${seed}`, `of seed ${seed}`);
    const all = units([{ name: 'a', seeds: [1, 2], pretrain: { from: path.join(folder, 'w-{seed}') } }]);
    expect(all.map(({ experiment }) => experiment.pretrain)).toEqual(
      [1, 2].map((seed) => ({ from: path.join(folder, `w-${seed}`) })),
    );
    const [missing] = units([{ name: 'a', seeds: [3], pretrain: { from: path.join(folder, 'w-{seed}') } }]);
    expect(() => checkUnit(missing)).toThrow(/"from" cannot read .*w-3/);
  });
});

const result = (key: string, seed: number, accuracy: number): UnitResult => ({
  version: RESULTS_VERSION,
  key,
  experiment: 'MP3',
  seed,
  pretraining: { seconds: 10, gflop: 5 },
  backend: 'wasm',
  results: [{ protocol: 'full', labelsPerClass: 5, accuracy, testPictures: 100, seconds: 2, gflop: 1 }],
});

describe('results', () => {
  it('are read from many files, each once, and survive a job that was killed while it wrote', () => {
    const [a, b] = [path.join(folder, 'a.jsonl'), path.join(folder, 'b.jsonl')];
    appendResult(a, result('k1', 1, 0.5));
    writeFileSync(a, `${readFileSync(a, 'utf8')}{"key":"k2","exper`);
    appendResult(a, result('k3', 3, 0.7));
    appendResult(b, result('k1', 1, 0.5));
    const notes: string[] = [];
    const found = readResults([a, b, path.join(folder, 'none.jsonl')], (line) => notes.push(line));
    expect(found.map(({ key }) => key)).toEqual(['k1', 'k3']);
    expect(notes).toEqual([`${a}, line 2: not a result, left out.`]);
  });

  it('of another version are told apart, and a failure gives way to a result', () => {
    const file = path.join(folder, 'c.jsonl');
    const { version: _, ...old } = result('k0', 1, 0.5);
    writeFileSync(file, `${JSON.stringify(old)}\n`);
    appendResult(file, { ...result('k1', 1, 0.5), results: [], error: 'no labels' });
    appendResult(file, result('k1', 1, 0.5));
    const found = readResults([file], () => {});
    expect(found.map(({ key, error }) => [key, error])).toEqual([
      ['k0', undefined],
      ['k1', undefined],
    ]);
    expect(describeVersions(found)).toMatch(/^1 of the results are of another version/);
    expect(describeVersions(found.slice(1))).toBe('');
  });

  it('become a table of means and spreads over seeds', () => {
    const [headings, row, ...more] = resultsTable([result('k1', 1, 0.4), result('k2', 2, 0.5)]).split('\n');
    expect(headings).toMatch(/experiment +protocol +labels a class +accuracy/);
    expect(row).toMatch(/^MP3 +full +5 +0\.450 ± 0\.071 \(2 seeds\) +2\.0 +1\.0 +10\.0 +5\.0$/);
    expect(more).toEqual([]);
  });

  it('has gap and distance where something was fine-tuned', () => {
    const fitted = (key: string, testLoss: number) => {
      const { results, ...rest } = result(key, 1, 0.4);
      const fit = { testLoss, trainLoss: 0.25, trainSamples: 10, distance: 1.5, relativeDistance: 0.1 };
      return { ...rest, results: results.map((one) => ({ ...one, fit })) };
    };
    const [headings, row] = resultsTable([fitted('k1', 0.5), fitted('k2', 1)]).split('\n');
    expect(headings).toMatch(/pretraining GFLOP +gap +moved$/);
    expect(row).toMatch(/ 0\.500 +1\.50$/);
  });
});

describe('results of a robustness study', () => {
  const row = (trainedOn: string, accuracy: number[], seed: number): TestedRow => ({
    method: 'LP',
    trainedOn,
    seed,
    senses: 'picture+text',
    accuracy,
    counts: [9, 9, 9],
  });
  const study = (seed: number, shift: number): UnitResult => ({
    ...result(`r${seed}`, seed, 0),
    experiment: 'Senses',
    results: [],
    rows: [
      row('picture', [0.5 + shift, 0.1, 0.5], seed),
      row('text', [0.1, 0.75, 0.25], seed),
      row('picture+text', [0.5, 0.25, 1], seed),
    ],
  });

  it('are read back whole, cells without samples too', () => {
    const file = path.join(folder, 'senses.jsonl');
    const first = study(1, 0);
    appendResult(file, { ...first, rows: [row('picture', [0.5, Number.NaN, 0.5], 1)] });
    expect(readResults([file], () => {})[0].rows).toEqual([row('picture', [0.5, Number.NaN, 0.5], 1)]);
  });

  it('become tables of their own, under their name', () => {
    const table = resultsTable([study(1, 0), study(2, 0.2)]);
    expect(table).not.toMatch(/protocol/);
    expect(table).toMatch(/^\nSenses\nLP: accuracy in %/);
    expect(table).toMatch(/picture +60\.0±14\.1 +10\.0±0\.0 +50\.0±0\.0/);
    // Transfer: text with labels for pictures, and the other way round.
    expect(table).toMatch(/LP .* 10\.0±0\.0 \/ 10\.0±0\.0 +- \/ - +2$/);
    expect(resultsTable([result('k1', 1, 0.4), study(1, 0)])).toMatch(/experiment +protocol[\s\S]*\nSenses\n/);
  });
});

describe('parseCompareOptions', () => {
  const parse = (line: string) => parseCompareOptions(line.split(' '));

  it('takes all files behind one --merge', () => {
    expect(parse('--merge a.jsonl b.jsonl --table --merge=c d').merge).toEqual(['a.jsonl', 'b.jsonl', 'c', 'd']);
    expect(parse('--list l --shard 2/8')).toMatchObject({ list: 'l', shard: { index: 2, count: 8 } });
  });

  it.each([
    ['--table', /--list FILE.*--merge FILE/],
    ['--list l --shard 0/3', /I\/N with I from 1/],
    ['--list l --shard 4/3', /not "4\/3"/],
    ['--list l --shard 2', /e\.g\. 2\/8/],
    ['--list l --pretrain-only', /--weights FOLDER/],
    ['--list l --val x', /needs --data/],
    ['--list l m', /"m" is not an option/],
    ['--list l --merge', /--merge needs a value/],
  ])('refuses %s', (line, message) => {
    expect(() => parse(line)).toThrow(BadSettingError);
    expect(() => parse(line)).toThrow(message);
  });

  it('has every option in its help', () => {
    for (const name of Object.keys(COMPARE_OPTIONS)) expect(compareHelp()).toContain(`--${name}`);
  });
});
