/** Puts a puzzle on a canvas: pieces as they come, as the model places them, and as they belong. */

import { cellCorner, type Geometry } from './geometry.ts';
import type { Piece } from './jigsaw.ts';
import type { Palette } from './palette.ts';

/** Masked patches are there, but faint: the model sees each of them, and no other patch sees them. */
const MASKED_ALPHA = 0.38;

export interface Scene {
  context: CanvasRenderingContext2D;
  picture: HTMLCanvasElement;
  geometry: Geometry;
  palette: Palette;
}

export interface Spot {
  column: number;
  row: number;
}

export function spotOf(cell: number, columns: number): Spot {
  return { column: cell % columns, row: Math.floor(cell / columns) };
}

/** The pieces in the order in which they were shuffled. */
export function drawShuffled(scene: Scene, pieces: readonly Piece[]): void {
  clear(scene);
  pieces.forEach((piece, slot) => {
    const spot = spotOf(slot, scene.geometry.columns);
    if (piece.dropped) drawHole(scene, spot);
    else drawPiece(scene, piece, spot);
    if (piece.anchor) drawBorder(scene, piece, spot);
  });
}

export function drawTruth(scene: Scene): void {
  clear(scene);
  const { columns, rows } = scene.geometry;
  for (let cell = 0; cell < columns * rows; cell++) drawPatch(scene, cell, spotOf(cell, columns), 1);
}

export interface PlacementOptions {
  confidence: boolean;
  arrows: boolean;
}

/** The pieces where they are put, or on their way there: `spots` has one place for each piece. */
export function drawPlacement(scene: Scene, pieces: readonly Piece[], spots: readonly Spot[], options: PlacementOptions): void {
  clear(scene);
  const { columns, rows } = scene.geometry;
  for (let cell = 0; cell < columns * rows; cell++) drawHole(scene, spotOf(cell, columns));
  // Covered pieces first, so that the surer one comes to lie on top of them.
  for (const covered of [true, false]) {
    pieces.forEach((piece, slot) => {
      if (piece.dropped || piece.covered !== covered) return;
      drawPiece(scene, piece, spots[slot]);
      drawBorder(scene, piece, spots[slot]);
      if (options.confidence && !covered && !piece.anchor) drawConfidence(scene, piece, spots[slot]);
    });
  }
  if (!options.arrows) return;
  pieces.forEach((piece, slot) => {
    if (!piece.dropped && !piece.right && !piece.covered) drawArrow(scene, spots[slot], spotOf(piece.patch, columns));
  });
}

function clear({ context, geometry }: Scene): void {
  context.clearRect(0, 0, geometry.total.width, geometry.total.height);
  context.imageSmoothingEnabled = false;
}

function drawPiece(scene: Scene, piece: Piece, spot: Spot): void {
  const { context, geometry, palette } = scene;
  if (!piece.context) {
    // A faint piece must not show what lies under it.
    const { x, y } = cellCorner(geometry, spot.column, spot.row);
    context.fillStyle = palette.panel;
    context.fillRect(x, y, geometry.piece.width, geometry.piece.height);
  }
  drawPatch(scene, piece.patch, spot, piece.context ? 1 : MASKED_ALPHA);
}

function drawPatch({ context, picture, geometry }: Scene, patch: number, spot: Spot, alpha: number): void {
  const { columns, rows, piece } = geometry;
  const width = picture.width / columns;
  const height = picture.height / rows;
  const source = spotOf(patch, columns);
  const { x, y } = cellCorner(geometry, spot.column, spot.row);
  context.globalAlpha = alpha;
  context.drawImage(picture, source.column * width, source.row * height, width, height, x, y, piece.width, piece.height);
  context.globalAlpha = 1;
}

function drawHole({ context, geometry, palette }: Scene, spot: Spot): void {
  const { x, y } = cellCorner(geometry, spot.column, spot.row);
  context.fillStyle = palette.hole;
  context.fillRect(x, y, geometry.piece.width, geometry.piece.height);
}

function drawBorder({ context, geometry, palette }: Scene, piece: Piece, spot: Spot): void {
  const { x, y } = cellCorner(geometry, spot.column, spot.row);
  const { border } = geometry;
  // A piece whose place was given away is neither.
  context.strokeStyle = piece.anchor ? palette.ink : piece.right ? palette.right : palette.wrong;
  context.lineWidth = border;
  context.strokeRect(x - border / 2, y - border / 2, geometry.piece.width + border, geometry.piece.height + border);
}

/** A bar along the lower edge, as long as the model is sure. */
function drawConfidence({ context, geometry, palette }: Scene, piece: Piece, spot: Spot): void {
  const { x, y } = cellCorner(geometry, spot.column, spot.row);
  const { width } = geometry.piece;
  const height = Math.max(2, Math.round(shorterSide(geometry) / 10));
  const top = y + geometry.piece.height - height;
  context.fillStyle = palette.panel;
  context.fillRect(x, top, width, height);
  context.fillStyle = palette.ink;
  context.fillRect(x, top, Math.round(width * piece.confidence), height);
}

/**
 * From where a piece lies to where it belongs; light under dark, so that it is seen on any picture. In a single row arrows bend, to the
 * right above and to the left below: straight ones would cover each other.
 */
function drawArrow({ context, geometry, palette }: Scene, from: Spot, to: Spot): void {
  const start = centre(geometry, from);
  const end = centre(geometry, to);
  const far = (start.x - end.x) / geometry.total.width;
  const bend = geometry.rows === 1 ? geometry.piece.height * (0.3 * Math.sign(far) + 0.6 * far) : 0;
  const middle = { x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 + bend };
  const angle = Math.atan2(end.y - middle.y, end.x - middle.x);
  const head = Math.max(4, shorterSide(geometry) / 5);
  const path = new Path2D();
  path.moveTo(start.x, start.y);
  if (bend === 0) path.lineTo(end.x, end.y);
  else path.quadraticCurveTo(middle.x, middle.y, end.x, end.y);
  for (const turn of [-0.5, 0.5]) {
    path.moveTo(end.x, end.y);
    path.lineTo(end.x - head * Math.cos(angle + turn), end.y - head * Math.sin(angle + turn));
  }
  context.lineCap = 'round';
  for (const [colour, width] of [
    [palette.panel, 4],
    [palette.wrong, 2],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = (width * geometry.border) / 2;
    context.stroke(path);
  }
}

function centre(geometry: Geometry, spot: Spot): { x: number; y: number } {
  const { x, y } = cellCorner(geometry, spot.column, spot.row);
  return { x: x + geometry.piece.width / 2, y: y + geometry.piece.height / 2 };
}

function shorterSide({ piece }: Geometry): number {
  return Math.min(piece.width, piece.height);
}
