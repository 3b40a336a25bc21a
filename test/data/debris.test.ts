import { describe, expect, it } from 'vitest';
import { debrisIn } from '../../src/data/debris.ts';

describe('debrisIn', () => {
  it('knows what systems and tools leave behind', () => {
    const debris = [
      '__MACOSX/a/._1.jpg',
      'a/.DS_Store',
      'a/Thumbs.db',
      'b/desktop.ini',
      '.git/x.png',
      'a/._1.jpg',
      'a/@eaDir/1.jpg/SYNOPHOTO_THUMB_S.jpg',
    ];
    const more = [
      'a/#recycle/1.jpg',
      'a/$RECYCLE.BIN/1.jpg',
      'a/.ipynb_checkpoints/1.jpg',
      'a/__pycache__/x',
      'a/.@__thumb/1.jpg',
      'a/lost+found/1.jpg',
      'a/ZbThumbnail.info',
    ];
    for (const path of [...debris, ...more]) expect(debrisIn(path), path).toBeDefined();
    for (const path of ['a/1.jpg', '../1.jpg', 'a.b/c', 'DS_Store', 'a/@home/1.jpg', 'a/recycle/1.jpg', 'thumbs/1.jpg'])
      expect(debrisIn(path), path).toBeUndefined();
  });

  it('is nothing that was asked for by its own name', () => {
    for (const path of ['.photos/a/1.jpg', '@eaDir/1.jpg', '__MACOSX/1.jpg']) expect(debrisIn(path, 1), path).toBeUndefined();
    expect(debrisIn('.photos/.hidden/1.jpg', 1)).toBe('.hidden');
    expect(debrisIn('train/.photos/1.jpg', 2)).toBeUndefined();
    // Chosen with all the others of a folder.
    expect(debrisIn('.DS_Store', 1)).toBe('.DS_Store');
    expect(debrisIn('.mine.png', 1)).toBeUndefined();
  });
});
