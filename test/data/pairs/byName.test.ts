import { describe, expect, it } from 'vitest';
import { planByName } from '../../../src/data/pairs/byName.ts';
import { senseOfName } from '../../../src/data/pairs/manifest.ts';
import { type MemberFile, pathOf } from '../../../src/data/pairs/plan.ts';

function filesOf(...paths: string[]): MemberFile[] {
  return paths.map((path) => ({ path, sense: senseOfName(path) ?? 'text' }));
}

/** Paths of each sample, with its class and split. */
function planned(...paths: string[]) {
  return planByName(filesOf(...paths)).pairs.map(({ members, className, split }) => ({
    paths: [members.picture, members.sound, members.text].flatMap((member) => pathOf(member) ?? []),
    ...(className === undefined ? {} : { className }),
    ...(split === undefined ? {} : { split }),
  }));
}

describe('samples by names of files', () => {
  it('are of the same path but for the ending, in natural order, members missing or not', () => {
    expect(planned('d/cat10.png', 'd/cat2.txt', 'd/cat2.png', 'd/cat2.wav', 'd/cat10.flac', 'd/dog.txt')).toEqual([
      { paths: ['d/cat2.png', 'd/cat2.wav', 'd/cat2.txt'] },
      { paths: ['d/cat10.png', 'd/cat10.flac'] },
      { paths: ['d/dog.txt'] },
    ]);
  });

  it('reach over folders that are named after kinds', () => {
    const expected = [{ paths: ['set/pictures/a.jpg', 'set/sounds/a.wav', 'set/captions/a.txt'] }];
    expect(planned('set/captions/a.txt', 'set/pictures/a.jpg', 'set/sounds/a.wav')).toEqual(expected);
    expect(planned('s/train_images/a.jpg', 's/train_audio/a.wav', 's/test_images/a.jpg', 's/test_audio/a.wav')).toEqual([
      { paths: ['s/test_images/a.jpg', 's/test_audio/a.wav'], split: 'heldOut' },
      { paths: ['s/train_images/a.jpg', 's/train_audio/a.wav'], split: 'train' },
    ]);
  });

  it('do not reach over other folders: the same name in two of them is two samples', () => {
    expect(planned('d/left/a.png', 'd/right/a.wav').map(({ paths }) => paths)).toEqual([['d/left/a.png'], ['d/right/a.wav']]);
    // A folder of sounds among pictures is no kind of theirs.
    expect(planned('d/sounds/a.png', 'd/a.wav').map(({ paths }) => paths.length)).toEqual([1, 1]);
  });

  it('have classes and splits by folders, as pictures have', () => {
    expect(
      planned(
        'd/train/cat/1.png',
        'd/train/cat/1.wav',
        'd/train/dog/1.png',
        'd/train/dog/1.wav',
        'd/test/cat/2.png',
        'd/test/dog/2.png',
      ),
    ).toEqual([
      { paths: ['d/test/cat/2.png'], className: 'cat', split: 'heldOut' },
      { paths: ['d/test/dog/2.png'], className: 'dog', split: 'heldOut' },
      { paths: ['d/train/cat/1.png', 'd/train/cat/1.wav'], className: 'cat', split: 'train' },
      { paths: ['d/train/dog/1.png', 'd/train/dog/1.wav'], className: 'dog', split: 'train' },
    ]);
    expect(planByName(filesOf('d/a/1.png', 'd/b/1.png'), 'none').pairs.map(({ className }) => className)).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('have one file of a kind: the first by name, the others told', () => {
    const { pairs, refused } = planByName(filesOf('d/a.png', 'd/a.jpg', 'd/a.wav', 'd/a.webp'));
    expect(pairs).toHaveLength(1);
    expect(pathOf(pairs[0].members.picture)).toBe('d/a.jpg');
    expect(refused).toEqual([
      { name: 'd/a.png', reason: 'belongs to the same sample as d/a.jpg, which has its place: one picture a sample.' },
      { name: 'd/a.webp', reason: 'belongs to the same sample as d/a.jpg, which has its place: one picture a sample.' },
    ]);
  });

  it('keep dots within names, and names that are nothing but an ending', () => {
    expect(planned('d/a.1.png', 'd/a.2.png', 'd/a.1.wav').map(({ paths }) => paths)).toEqual([
      ['d/a.1.png', 'd/a.1.wav'],
      ['d/a.2.png'],
    ]);
    expect(planned('d/.png', 'd/.wav')).toHaveLength(2);
  });

  it('do not hang on the order in which files come', () => {
    const files = filesOf('d/a/1.png', 'd/a/1.wav', 'd/b/1.png', 'd/b/1.jpg', 'd/b/1.txt');
    expect(planByName(files.toReversed())).toEqual(planByName(files));
  });

  it('say what names classes, and leave aside what is for neither', () => {
    const { notes, refused } = planByName(
      filesOf(
        'd/train/cat/1.png',
        'd/train/dog/1.png',
        'd/test/cat/2.png',
        'd/test/dog/2.png',
        'd/val/cat/3.png',
        'd/val/dog/3.png',
      ),
    );
    expect(notes).toEqual(['Class = 1st folder.']);
    expect(refused.map(({ name, reason }) => `${name}: ${reason}`).join()).toMatch(/^d\/val: 2 samples left aside/);
    expect(planByName(filesOf('a.png', 'a.wav')).notes).toEqual([]);
  });
});
