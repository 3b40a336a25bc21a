import { describe, expect, it } from 'vitest';
import { drawPlacement, drawShuffled, drawTruth, type Scene, spotOf } from '../../../src/ui/canvas/drawJigsaw.ts';
import { cellCorner, fitPicture } from '../../../src/ui/canvas/geometry.ts';
import type { Piece } from '../../../src/ui/canvas/jigsaw.ts';
import { context2d, pictureCanvas } from '../../../src/ui/canvas/picture.ts';

const PALETTE = { panel: '#ffffff', hole: '#808080', right: '#0000ff', wrong: '#ff8000', ink: '#000000', accent: '#008080' };
const PATCH_COLOURS = [
  [200, 0, 0],
  [0, 200, 0],
  [0, 0, 200],
  [200, 200, 0],
];

/** A picture of 2 x 2 patches, each of one colour. */
function scene(): Scene {
  const size = 8;
  const pixels = new Uint8Array(size * size * 3);
  for (let i = 0; i < size * size; i++) {
    const patch = 2 * Number(Math.floor(i / size) >= size / 2) + Number(i % size >= size / 2);
    pixels.set(PATCH_COLOURS[patch], 3 * i);
  }
  const geometry = fitPicture(60, size, 2, 1);
  const canvas = document.createElement('canvas');
  canvas.width = geometry.total;
  canvas.height = geometry.total;
  const picture = pictureCanvas(
    { modality: 'picture', pixels, count: 1, width: size, height: size, channels: 3, classes: [] },
    0,
  );
  return { context: context2d(canvas), picture, geometry, palette: PALETTE };
}

function colourAt({ context }: Scene, x: number, y: number): number[] {
  return [...context.getImageData(x, y, 1, 1).data.subarray(0, 3)];
}

function centreColour(drawn: Scene, cell: number): number[] {
  const { column, row } = spotOf(cell, 2);
  const { x, y } = cellCorner(drawn.geometry, column, row);
  return colourAt(drawn, x + drawn.geometry.piece / 2, y + drawn.geometry.piece / 2);
}

function borderColour(drawn: Scene, cell: number): number[] {
  const { column, row } = spotOf(cell, 2);
  const { x, y } = cellCorner(drawn.geometry, column, row);
  return colourAt(drawn, x + drawn.geometry.piece / 2, y - 1);
}

function piece(patch: number, cell: number, more: Partial<Piece> = {}): Piece {
  return {
    patch,
    cell,
    context: true,
    right: patch === cell,
    confidence: 0.5,
    covered: false,
    dropped: false,
    anchor: false,
    ...more,
  };
}

describe('the board', () => {
  it('draws the truth as it is', () => {
    const drawn = scene();
    drawTruth(drawn);
    expect([0, 1, 2, 3].map((cell) => centreColour(drawn, cell))).toEqual(PATCH_COLOURS);
  });

  it('draws shuffled pieces slot by slot, masked ones faint', () => {
    const drawn = scene();
    drawShuffled(drawn, [piece(3, 0), piece(0, 1), piece(1, 2, { context: false }), piece(2, 3, { context: false })]);
    expect(centreColour(drawn, 0)).toEqual(PATCH_COLOURS[3]);
    expect(centreColour(drawn, 1)).toEqual(PATCH_COLOURS[0]);
    const [red, green] = centreColour(drawn, 2);
    expect(red).toBeGreaterThan(120);
    expect(green).toBeGreaterThan(red);
  });

  it('puts pieces where the model does: the surest on top, blue for right, orange for wrong, grey for nothing', () => {
    const drawn = scene();
    const pieces = [piece(0, 0), piece(1, 2), piece(2, 2, { covered: true }), piece(3, 3)];
    const spots = pieces.map(({ cell }) => spotOf(cell, 2));
    drawPlacement(drawn, pieces, spots, { confidence: false, arrows: false });
    expect(centreColour(drawn, 0)).toEqual(PATCH_COLOURS[0]);
    expect(centreColour(drawn, 2)).toEqual(PATCH_COLOURS[1]);
    expect(centreColour(drawn, 1)).toEqual([128, 128, 128]);
    expect(borderColour(drawn, 0)).toEqual([0, 0, 255]);
    expect(borderColour(drawn, 2)).toEqual([255, 128, 0]);
  });

  it('draws a bar as long as the model is sure', () => {
    const drawn = scene();
    drawPlacement(drawn, [piece(0, 0, { confidence: 0.5 })], [spotOf(0, 2)], { confidence: true, arrows: false });
    const { x, y } = cellCorner(drawn.geometry, 0, 0);
    const { piece: side } = drawn.geometry;
    expect(colourAt(drawn, x + 2, y + side - 1)).toEqual([0, 0, 0]);
    expect(colourAt(drawn, x + side - 2, y + side - 1)).toEqual([255, 255, 255]);
  });
});
