/** Layouts as data sets have them, and what is made of each: classes with their pictures in training + test. */

import { describe, expect, it } from 'vitest';
import { decoders } from '../../src/cli/decoders.ts';
import type { ClassLevel } from '../../src/config/datasets.ts';
import { loadFiles } from '../../src/data/load.ts';
import { countClasses } from '../../src/data/samples.ts';
import { asPictures } from '../asPictures.ts';
import { loadWith } from './loading.ts';
import { pngs } from './makeFiles.ts';

/** `a/b/*3` is three pictures in a/b. */
function spread(...places: string[]): string[] {
  return places.flatMap((place) => {
    const [folder = '', count = '1'] = place.split('*');
    return Array.from({ length: Number(count) }, (_, i) => `${folder}${place.replace(/\W/g, '')}${i}.png`);
  });
}

async function understand(paths: readonly string[], classLevel: ClassLevel = 'auto') {
  const files = await pngs(paths);
  const { dataset, report } = await loadFiles(files, loadWith({ size: 8, seed: 1, classLevel }), decoders, () => {});
  if (dataset === undefined) throw new Error('nothing was used');
  const classes = Object.fromEntries(countClasses(dataset).map(({ name, train, heldOut }) => [name, `${train}+${heldOut}`]));
  const { train, heldOut, heldOutIsTrain } = dataset;
  return { classes, counts: `${train.count}+${heldOutIsTrain ? 0 : heldOut.count}`, dataset, report };
}

interface Case {
  places: string[];
  counts: string;
  classes: Record<string, string>;
  level?: ClassLevel;
}

const LAYOUTS: Record<string, Case> = {
  'Tiny ImageNet': {
    places: ['t/train/n01/images/*4', 't/train/n02/images/*4', 't/val/images/*3', 't/test/images/*2'],
    counts: '8+2',
    classes: { n01: '4+0', n02: '4+0' },
  },
  'ImageNet with validation folders': {
    places: ['ILSVRC/train/n01/*3', 'ILSVRC/train/n02/*3', 'ILSVRC/val/n01/*1', 'ILSVRC/val/n02/*1'],
    counts: '6+2',
    classes: { n01: '3+1', n02: '3+1' },
  },
  'the same names in several folders': {
    places: ['p/Tomato/healthy/*2', 'p/Tomato/blight/*2', 'p/Potato/healthy/*2', 'p/Potato/blight/*2'],
    counts: '8+0',
    classes: { 'Tomato/healthy': '2+0', 'Tomato/blight': '2+0', 'Potato/healthy': '2+0', 'Potato/blight': '2+0' },
  },
  'years in classes': {
    places: ['pets/dogs/2019/*2', 'pets/dogs/2020/*2', 'pets/cats/2019/*2', 'pets/cats/2021/*2'],
    counts: '8+0',
    classes: { dogs: '4+0', cats: '4+0' },
  },
  'classes in years': {
    places: ['pets/2019/dogs/*2', 'pets/2019/cats/*2', 'pets/2020/dogs/*2'],
    counts: '6+0',
    classes: { dogs: '4+0', cats: '2+0' },
  },
  'months, cameras and sizes in classes': {
    places: ['dogs/2019-05/*2', 'dogs/2019-06/*2', 'cats/100CANON/*2', 'cats/101_PANA/*2', 'birds/256x256/*2'],
    counts: '9+1',
    classes: { dogs: '3+1', cats: '4+0', birds: '2+0' },
  },
  'parts of a download': {
    places: ['d/part1/cat/*2', 'd/part1/dog/*2', 'd/part2/cat/*2'],
    counts: '6+0',
    classes: { cat: '4+0', dog: '2+0' },
  },
  'numbered classes': {
    places: ['mnist_png/training/0/*2', 'mnist_png/training/1/*2', 'mnist_png/testing/1/*2'],
    counts: '4+2',
    classes: { 0: '2+0', 1: '2+2' },
  },
  'numbers below words': {
    places: ['cats/01/*2', 'cats/02/*2', 'dogs/01/*2'],
    counts: '6+0',
    classes: { cats: '4+0', dogs: '2+0' },
  },
  'a tree of kinds': {
    places: ['animals/dog/*2', 'animals/cat/*2', 'vehicles/car/*2'],
    counts: '6+0',
    classes: { dog: '2+0', cat: '2+0', car: '2+0' },
  },
  'ragged trees': {
    places: ['d/cats/*3', 'd/dogs/small/brown/*2', 'd/dogs/large/*2', 'd/birds/*1'],
    counts: '8+0',
    classes: { cats: '3+0', dogs: '4+0', birds: '1+0' },
  },
  'pictures beside the classes': {
    places: ['d/cats/*3', 'd/dogs/*3', 'd/*1'],
    counts: '7+0',
    classes: { cats: '3+0', dogs: '3+0', 'no class': '1+0' },
  },
  'mostly pictures, and a folder': { places: ['d/*6', 'd/thumbs/*2'], counts: '8+0', classes: {} },
  'one folder': { places: ['holiday/*4'], counts: '4+0', classes: {} },
  'only years': { places: ['photos/2019/*4', 'photos/2020/*4'], counts: '8+0', classes: {} },
  'a folder for every picture': {
    places: Array.from({ length: 12 }, (_, i) => `scans/${String.fromCharCode(97 + i)}x/*1`),
    counts: '11+1',
    classes: {},
  },
  'a folder for every picture in classes': {
    places: Array.from({ length: 9 }, (_, i) => `scans/${i % 2 ? 'ill' : 'well'}/${String.fromCharCode(97 + i)}x/*1`),
    counts: '9+0',
    classes: { ill: '4+0', well: '5+0' },
  },
  COCO: { places: ['coco/train2017/*4', 'coco/val2017/*2'], counts: '4+2', classes: {} },
  'Dogs vs. Cats': { places: ['d/train/*4', 'd/test1/*2'], counts: '4+2', classes: {} },
  DIV2K: { places: ['DIV2K/DIV2K_train_HR/*4', 'DIV2K/DIV2K_valid_HR/*2'], counts: '4+2', classes: {} },
  'a split inside one of the same name': {
    places: [
      'a/seg_train/seg_train/sea/*2',
      'a/seg_train/seg_train/ice/*2',
      'a/seg_test/seg_test/sea/*1',
      'a/seg_test/seg_test/ice/*1',
      'a/seg_pred/seg_pred/*3',
    ],
    counts: '4+2',
    classes: { sea: '2+1', ice: '2+1' },
  },
  'training_set and test_set': {
    places: ['a/training_set/training_set/cats/*2', 'a/training_set/training_set/dogs/*2', 'a/test_set/test_set/cats/*2'],
    counts: '4+2',
    classes: { cats: '2+2', dogs: '2+0' },
  },
  'Fruits-360': {
    places: ['f/Training/Apple/*2', 'f/Training/Banana/*2', 'f/Test/Apple/*1', 'f/Test/Banana/*1', 'f/test-multiple_fruits/*4'],
    counts: '4+2',
    classes: { Apple: '2+1', Banana: '2+1' },
  },
  'train, val and test': {
    places: ['d/train/a/*2', 'd/train/b/*2', 'd/val/a/*1', 'd/val/b/*2', 'd/test/a/*1', 'd/test/b/*1'],
    counts: '4+2',
    classes: { a: '2+1', b: '2+1' },
  },
  'a test set without classes, and a val set with them': {
    places: ['d/train/a/*2', 'd/train/b/*2', 'd/val/a/*1', 'd/val/b/*2', 'd/test/*9'],
    counts: '4+3',
    classes: { a: '2+1', b: '2+2' },
  },
  CycleGAN: {
    places: ['h/trainA/*3', 'h/trainB/*3', 'h/testA/*1', 'h/testB/*2'],
    counts: '6+3',
    classes: { a: '3+1', b: '3+2' },
  },
  'splits below the classes': {
    places: ['cat/train/*2', 'cat/val/*1', 'dog/train/*2', 'dog/val/*1', 'cow/train/*1'],
    counts: '5+2',
    classes: { cat: '2+1', dog: '2+1', cow: '1+0' },
  },
  vehicles: {
    places: ['v/train/*2', 'v/car/*2', 'v/plane/*2'],
    counts: '6+0',
    classes: { train: '2+0', car: '2+0', plane: '2+0' },
  },
  'vehicles in a split': {
    places: ['v/train/train/*2', 'v/train/car/*2', 'v/test/train/*1', 'v/test/car/*1'],
    counts: '4+2',
    classes: { train: '2+1', car: '2+1' },
  },
  'things that sound like splits': {
    places: ['d/trainers/*2', 'd/test tubes/*2', 'd/valley/*2', 'd/evaluation/*2'],
    counts: '8+0',
    classes: { trainers: '2+0', 'test tubes': '2+0', valley: '2+0', evaluation: '2+0' },
  },
  'train and test tubes': {
    places: ['d/train/*2', 'd/test tubes/*2'],
    counts: '4+0',
    classes: { train: '2+0', 'test tubes': '2+0' },
  },
  'archives side by side': {
    places: ['train.zip/cat/*2', 'train.zip/dog/*2', 'test.zip/cat/*1'],
    counts: '4+1',
    classes: { cat: '2+1', dog: '2+0' },
  },
  'other case in the test set': {
    places: ['d/train/Cats/*2', 'd/train/Dogs/*2', 'd/TEST/cats/*1', 'd/TEST/dogs/*1'],
    counts: '4+2',
    classes: { Cats: '2+1', Dogs: '2+1' },
  },
  'a class that only the test set has': {
    places: ['d/train/a/*2', 'd/train/b/*2', 'd/test/a/*1', 'd/test/new/*1'],
    counts: '4+2',
    classes: { a: '2+1', b: '2+0', new: '0+1' },
  },
  'folders that are none of the classes': {
    places: ['d/train/a/*2', 'd/train/b/*2', 'd/test/x1/*1', 'd/test/x2/*1'],
    counts: '4+2',
    classes: { a: '2+0', b: '2+0' },
  },
  'pictures without labels beside classes': {
    places: ['d/train/a/*2', 'd/train/b/*2', 'd/test/a/*1', 'd/unlabeled/*5'],
    counts: '4+1',
    classes: { a: '2+1', b: '2+0' },
  },
  'pictures without labels beside others without': {
    places: ['d/train/images/*2', 'd/test/images/*1', 'd/unlabeled/*3'],
    counts: '5+1',
    classes: {},
  },
  folds: {
    places: ['d/fold1/train/a/*2', 'd/fold1/train/b/*2', 'd/fold1/test/a/*1', 'd/fold2/train/b/*1', 'd/fold2/test/a/*1'],
    counts: '5+2',
    classes: { a: '2+2', b: '3+0' },
  },
  'answers beside the pictures': {
    places: ['pets/images/*4', 'pets/annotations/trimaps/*4'],
    counts: '4+0',
    classes: {},
  },
  'by hand: a level': {
    places: ['p/Tomato/healthy/*2', 'p/Tomato/blight/*2', 'p/Potato/healthy/*2'],
    level: '1',
    counts: '6+0',
    classes: { Tomato: '4+0', Potato: '2+0' },
  },
  'by hand: years after all': {
    places: ['pets/dogs/2019/*2', 'pets/cats/2020/*2'],
    level: '2',
    counts: '4+0',
    classes: { 2019: '2+0', 2020: '2+0' },
  },
  'by hand: the path': {
    places: ['animals/dog/*2', 'vehicles/car/*2'],
    level: 'path',
    counts: '4+0',
    classes: { 'animals/dog': '2+0', 'vehicles/car': '2+0' },
  },
  'by hand: none': { places: ['cat/*2', 'dog/*2'], level: 'none', counts: '4+0', classes: {} },
};

describe('layouts', () => {
  it.each(Object.entries(LAYOUTS))('%s', async (_, { places, level, counts, classes }) => {
    const found = await understand(spread(...places), level);
    expect({ counts: found.counts, classes: found.classes }).toEqual({ counts, classes });
  });
});

describe('copies', () => {
  const SAME = ['d/train/a/1.png', 'd/train/b/2.png', 'd/test/a/3.png'];

  async function load(paths: Record<string, number>) {
    const pictures = await pngs(Array.from({ length: 9 }, (_, i) => `${i}.png`));
    const files = Object.entries(paths).map(([path, i]) => ({ path, file: pictures[i].file }));
    const options = loadWith({ size: 8, seed: 1, classLevel: 'auto' as const });
    const { dataset, report } = await loadFiles(files, options, decoders, () => {});
    if (dataset === undefined) throw new Error('nothing was used');
    const classes = Object.fromEntries(countClasses(dataset).map(({ name, train, heldOut }) => [name, `${train}+${heldOut}`]));
    return { classes, refused: report.refused.map(({ name, reason }) => `${name} ${reason}`).join('\n'), notes: report.notes };
  }

  it('counts a tree that stands twice once', async () => {
    for (const copy of ['d/d/', 'd copy/', 'd.zip/', 'd.zip/d/', 'backup/d/']) {
      const paths = SAME.flatMap((path, i) => [[path, i] as const, [path.replace('d/', copy), i] as const]);
      const { classes, refused } = await load(Object.fromEntries(paths));
      expect(classes, copy).toEqual({ a: '1+1', b: '1+0' });
      if (copy !== 'd.zip/') expect(refused, copy).toMatch(/^3 pictures left out as copies of others, byte for byte/);
    }
  });

  it('takes test pictures out of training', async () => {
    const { classes, refused } = await load({
      'd/train/a/1.png': 1,
      'd/train/b/2.png': 2,
      'd/train/b/3.png': 3,
      'd/test/b/9.png': 3,
    });
    expect(classes).toEqual({ a: '1+0', b: '1+1' });
    expect(refused).toMatch(/1 picture taken out of training/);
    const after = await load({ 'd/train/a/1.png': 1, 'd/train/b/2.png': 2, 'd/train/b/3.png': 3, 'd/val/b/9.png': 3 });
    expect(after.classes).toEqual({ a: '1+0', b: '1+1' });
    expect(refused).toContain('d/train/b/3.png equals d/test/b/9.png');
  });

  it('tells of a picture under two classes', async () => {
    const { classes, refused } = await load({ 'a/1.png': 1, 'a/2.png': 2, 'b/1.png': 1, 'b/3.png': 3 });
    expect(classes).toEqual({ a: '2+0', b: '1+0' });
    expect(refused).toMatch(/1 picture.*two classes/);
  });

  it('does not take the same pictures on both sides for a split', async () => {
    const { classes, notes } = await load({
      'd/train/a/1.png': 1,
      'd/train/b/2.png': 2,
      'd/test/a/1.png': 1,
      'd/test/b/2.png': 2,
    });
    expect(classes).toEqual({ a: '1+0', b: '1+0' });
    expect(notes.join(' ')).toMatch(/Too few/);
  });
});

it('tells what is left aside, what is tested on, and what names the class', async () => {
  const { report } = await understand(spread('d/train/a/*2', 'd/train/b/*2', 'd/val/a/*3', 'd/test/a/*1', 'd/misc/*2', 'd/*1'));
  expect(report.notes).toEqual(['Class = 1st folder: a, b.', 'Trained on train/, tested on test/.']);
  expect(report.refused).toEqual([
    {
      name: 'd',
      reason: '1 picture left aside: they lie beside the split (test/ is tested on).',
      sums: { modality: 'picture', count: 1 },
    },
    {
      name: 'd/misc',
      reason: '2 pictures left aside: they lie beside the split (test/ is tested on).',
      sums: { modality: 'picture', count: 2 },
    },
    { name: 'd/val', reason: '3 pictures left aside: test/ is tested on.', sums: { modality: 'picture', count: 3 } },
  ]);
});

it('holds out the same pictures whatever names the class', async () => {
  const paths = spread('p/Tomato/healthy/*9', 'p/Tomato/ill/*9', 'p/Potato/healthy/*9', 'p/Potato/ill/*9');
  const [first, ...others] = await Promise.all((['auto', '1', 'path', 'none'] as const).map((level) => understand(paths, level)));
  for (const { dataset } of others) expect(asPictures(dataset.heldOut).pixels).toEqual(asPictures(first.dataset.heldOut).pixels);
});
