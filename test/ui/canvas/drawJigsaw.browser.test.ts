import { describe, expect, it } from 'vitest';
import type { Gallery } from '../../../src/data/gallery.ts';
import { drawPlacement, drawShuffled, drawTruth, type Scene, spotOf } from '../../../src/ui/canvas/drawJigsaw.ts';
import { cellCorner, fitPieces, type Geometry } from '../../../src/ui/canvas/geometry.ts';
import type { Piece } from '../../../src/ui/canvas/jigsaw.ts';
import { context2d, pictureCanvas } from '../../../src/ui/canvas/picture.ts';
import { soundView } from '../../../src/ui/modalities/sound.ts';
import { CLIP, loudnessOf, soundGallery } from '../soundRun.ts';

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
  const geometry = fitPieces({ width: 60, height: 60 }, { width: size, height: size }, [2, 2], 1);
  const set: Gallery = { modality: 'picture', pixels, count: 1, width: size, height: size, channels: 3, classes: [] };
  return sceneOf(set, geometry);
}

function sceneOf(set: Gallery, geometry: Geometry): Scene {
  const canvas = document.createElement('canvas');
  canvas.width = geometry.total.width;
  canvas.height = geometry.total.height;
  return { context: context2d(canvas), picture: pictureCanvas(set, 0), geometry, palette: PALETTE };
}

function colourAt({ context }: Scene, x: number, y: number): number[] {
  return [...context.getImageData(x, y, 1, 1).data.subarray(0, 3)];
}

function centreColour(drawn: Scene, cell: number): number[] {
  const { column, row } = spotOf(cell, drawn.geometry.columns);
  const { x, y } = cellCorner(drawn.geometry, column, row);
  const { width, height } = drawn.geometry.piece;
  return colourAt(drawn, x + width / 2, y + height / 2);
}

function borderColour(drawn: Scene, cell: number): number[] {
  const { column, row } = spotOf(cell, drawn.geometry.columns);
  const { x, y } = cellCorner(drawn.geometry, column, row);
  return colourAt(drawn, x + drawn.geometry.piece.width / 2, y - 1);
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
    const { width: side } = drawn.geometry.piece;
    expect(colourAt(drawn, x + 2, y + side - 1)).toEqual([0, 0, 0]);
    expect(colourAt(drawn, x + side - 2, y + side - 1)).toEqual([255, 255, 255]);
  });
});

describe.each([[[16]], [[5, 8]]])('the board of a sound cut into %o', (grid) => {
  const cells = grid.reduce((product, side) => product * side, 1);
  const order = Array.from({ length: cells }, (_, slot) => (slot * 7) % cells);
  const strip = (): Scene => sceneOf(soundGallery(grid, 1), fitPieces({ width: 600, height: 150 }, CLIP, grid, 1));
  const colour = (patch: number): number[] => [...soundView.toRgba(Uint8Array.of(loudnessOf(patch)), 1).subarray(0, 3)];

  it('draws the truth as one strip, each token in the colour of its loudness', () => {
    const drawn = strip();
    drawTruth(drawn);
    for (let cell = 0; cell < cells; cell++) expect(centreColour(drawn, cell)).toEqual(colour(cell));
  });

  it('draws pieces where they were shuffled to and where the model puts them, holes grey, masked ones faint', () => {
    const drawn = strip();
    const pieces = order.map((patch, slot) => piece(patch, patch, { context: slot < cells - 1 }));
    drawShuffled(drawn, pieces);
    for (let slot = 0; slot < cells - 1; slot++) expect(centreColour(drawn, slot)).toEqual(colour(order[slot]));
    expect(centreColour(drawn, cells - 1)).not.toEqual(colour(order[cells - 1]));

    // All one to the right, the last nowhere to go: it covers another.
    const moved = order.map((patch) => piece(patch, Math.min(patch + 1, cells - 1), { covered: patch === cells - 1 }));
    const spots = moved.map(({ cell }) => spotOf(cell, drawn.geometry.columns));
    drawPlacement(drawn, moved, spots, { confidence: false, arrows: false });
    expect(centreColour(drawn, 0)).toEqual([128, 128, 128]);
    for (let cell = 1; cell < cells; cell++) expect(centreColour(drawn, cell)).toEqual(colour(cell - 1));
    expect(borderColour(drawn, 1)).toEqual([255, 128, 0]);
  });

  it('draws a bar along the lower edge, and arrows inside the drawing', () => {
    const drawn = strip();
    const first = piece(0, cells - 1, { confidence: 0.5 });
    const spots = [spotOf(cells - 1, drawn.geometry.columns)];
    drawPlacement(drawn, [first], spots, { confidence: true, arrows: false });
    const { x, y } = cellCorner(drawn.geometry, spots[0].column, spots[0].row);
    const { width, height } = drawn.geometry.piece;
    expect(colourAt(drawn, x + 2, y + height - 1)).toEqual([0, 0, 0]);
    expect(colourAt(drawn, x + width - 2, y + height - 1)).toEqual([255, 255, 255]);
    drawPlacement(drawn, [first], spots, { confidence: false, arrows: true });
    const { data } = drawn.context.getImageData(0, 0, drawn.geometry.total.width, drawn.geometry.total.height);
    // Smoothed at its edges.
    const isOrange = (i: number): boolean => data[4 * i] > 200 && data[4 * i + 2] < 100;
    const orange = Array.from({ length: data.length / 4 }, (_, i) => i).filter(isOrange);
    // Beyond the border of the piece itself.
    const columns = new Set(orange.map((i) => i % drawn.geometry.total.width));
    expect(columns.size).toBeGreaterThan(drawn.geometry.total.width * 0.7);
  });
});
