import { describe, expect, it } from 'vitest';
import type { Sense } from '../../../src/config/modalities/names.ts';
import { withoutLeaks } from '../../../src/data/pairs/leaks.ts';
import type { PlannedPair } from '../../../src/data/pairs/plan.ts';
import { classProblem, countSubsets, FEWEST_COMMON, subsetText, usableSenses } from '../../../src/data/pairs/present.ts';
import { contentsBy } from '../../../src/data/pairs/sameMembers.ts';

function times(count: number, ...senses: Sense[]): Sense[][] {
  return Array.from({ length: count }, () => senses);
}

describe('members that samples have', () => {
  it('are counted by subset, most members first', () => {
    const samples = [...times(12, 'text'), ...times(412, 'text', 'picture', 'sound'), ...times(88, 'picture', 'sound')];
    expect(subsetText(countSubsets(samples))).toBe('412 I+S+T, 88 I+S, 12 T');
    expect(subsetText(countSubsets(times(1234, 'sound')))).toBe('1,234 S');
    expect(countSubsets([])).toEqual([]);
  });

  it('make senses usable that enough samples have together', () => {
    const samples = [...times(FEWEST_COMMON, 'picture', 'sound'), ...times(FEWEST_COMMON - 1, 'picture', 'text')];
    expect(usableSenses(samples)).toEqual({
      senses: ['picture', 'sound'],
      pairs: [['picture', 'sound']],
      notes: [
        '31 samples have both of pictures and captions: fewer than 32, too few to learn from together.',
        'No sample has both of sounds and captions: fewer than 32, too few to learn from together.',
        'Left out: captions.',
      ],
    });
    expect(usableSenses(times(40, 'picture', 'sound', 'text'))).toMatchObject({
      senses: ['picture', 'sound', 'text'],
      notes: [],
    });
  });

  it('open as one kind only where no two can be learned from together', () => {
    expect(usableSenses([...times(50, 'picture'), ...times(5, 'picture', 'sound')])).toEqual({
      senses: [],
      pairs: [],
      alone: 'picture',
      notes: [
        '5 samples have both of pictures and sounds: fewer than 32, too few to learn from together.',
        'Opens as pictures only.',
      ],
    });
    expect(usableSenses(times(50, 'text')).notes).toEqual(['Opens as captions only.']);
    expect(usableSenses([])).toEqual({ senses: [], pairs: [], notes: [] });
  });

  it('need two classes for a study', () => {
    expect(classProblem(['a', undefined, 'b'])).toBeUndefined();
    expect(classProblem(['a', undefined, 'a'])).toMatch(/^One class only: pretraining works/);
    expect(classProblem([undefined])).toMatch(/^No classes/);
  });
});

describe('leaks', () => {
  const pair = (name: string, split: 'train' | 'heldOut', picture: string, sound?: string): PlannedPair => ({
    name,
    split,
    members: {
      picture: { path: picture },
      text: { caption: 'a cat' },
      ...(sound === undefined ? {} : { sound: { path: sound } }),
    },
  });

  it('are training samples with a picture or a sound of a test sample, by file or by bytes', () => {
    const pairs = [
      pair('clean', 'train', '1.png', '1.wav'),
      pair('same file', 'train', 't.png'),
      pair('same sound', 'train', '2.png', '2.wav'),
      pair('test 1', 'heldOut', 't.png', 't.wav'),
      // Two test samples may share what they like.
      pair('test 2', 'heldOut', 't.png'),
    ];
    const { pairs: kept, refused } = withoutLeaks(pairs, contentsBy([['2.wav', 't.wav']]));
    expect(kept.map(({ name }) => name)).toEqual(['clean', 'test 1', 'test 2']);
    expect(refused).toEqual([
      {
        name: '2 samples',
        reason:
          'taken out of training: a picture or a sound of test samples, byte for byte. For instance same file shares one with test 1.',
      },
    ]);
  });

  it('are not captions, nor pictures that several training samples share', () => {
    const pairs = [pair('a', 'train', '1.png'), pair('b', 'train', '1.png'), pair('c', 'heldOut', '2.png')];
    expect(withoutLeaks(pairs, contentsBy([]))).toEqual({ pairs, refused: [] });
  });
});
