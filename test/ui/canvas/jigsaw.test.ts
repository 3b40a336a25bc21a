import { describe, expect, it } from 'vitest';
import type { JigsawSample } from '../../../src/trainer/reports.ts';
import { countPlacement, placePieces } from '../../../src/ui/canvas/jigsaw.ts';

/** Four pieces: patches 2 and 0 are context. Slots 0 and 1 both claim cell 2; nobody claims cells 1 and 3. */
const sample: JigsawSample = {
  order: Uint16Array.of(2, 0, 3, 1),
  context: 2,
  predicted: Uint16Array.of(2, 2, 0, 2),
  confidence: Float32Array.of(0.5, 0.75, 0.25, 0.75),
  assigned: Uint16Array.of(2, 0, 1, 3),
};

describe('placing pieces', () => {
  it('tells right from wrong, and context from masked, slot by slot', () => {
    const pieces = placePieces(sample, 'argmax');
    expect(pieces.map(({ patch }) => patch)).toEqual([2, 0, 3, 1]);
    expect(pieces.map(({ cell }) => cell)).toEqual([2, 2, 0, 2]);
    expect(pieces.map(({ right }) => right)).toEqual([true, false, false, false]);
    expect(pieces.map(({ context }) => context)).toEqual([true, true, false, false]);
  });

  it('puts the surest piece on top of a collision, the first of equals', () => {
    expect(placePieces(sample, 'argmax').map(({ covered }) => covered)).toEqual([true, false, false, true]);
  });

  it('counts what argmax leaves undone', () => {
    expect(countPlacement(placePieces(sample, 'argmax'))).toEqual({ pieces: 4, right: 1, collisions: 1, holes: 2 });
  });

  it('leaves dropped pieces out, and does not count those whose place was given away', () => {
    const pieces = placePieces({ ...sample, kept: 3, anchors: 1 }, 'argmax');
    expect(pieces.map(({ dropped }) => dropped)).toEqual([false, false, false, true]);
    expect(pieces.map(({ anchor }) => anchor)).toEqual([true, false, false, false]);
    // The dropped piece claims cell 2 too, and surer: it must not cover anything.
    expect(pieces.map(({ covered }) => covered)).toEqual([true, false, false, true]);
    expect(countPlacement(pieces)).toEqual({ pieces: 2, right: 0, collisions: 1, holes: 1 });
  });

  it('has neither collisions nor holes when the puzzle is solved as a whole', () => {
    const pieces = placePieces(sample, 'assignment');
    expect(pieces.some(({ covered }) => covered)).toBe(false);
    expect(countPlacement(pieces)).toEqual({ pieces: 4, right: 2, collisions: 0, holes: 0 });
  });
});
