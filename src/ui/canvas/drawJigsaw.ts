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

export function spotOf(cell: number, side: number): Spot {
  return { column: cell % side, row: Math.floor(cell / side) };
}

/** The pieces in the order in which they were shuffled. */
export function drawShuffled(scene: Scene, pieces: readonly Piece[]): void {
  clear(scene);
  pieces.forEach((piece, slot) => {
    const spot = spotOf(slot, scene.geometry.side);
    if (piece.dropped) drawHole(scene, spot);
    else drawPiece(scene, piece, spot);
    if (piece.anchor) drawBorder(scene, piece, spot);
  });
}

export function drawTruth(scene: Scene): void {
  clear(scene);
  const { side } = scene.geometry;
  for (let cell = 0; cell < side ** 2; cell++) drawPatch(scene, cell, spotOf(cell, side), 1);
}

export interface PlacementOptions {
  confidence: boolean;
  arrows: boolean;
}

/** The pieces where they are put, or on their way there: `spots` has one place for each piece. */
export function drawPlacement(scene: Scene, pieces: readonly Piece[], spots: readonly Spot[], options: PlacementOptions): void {
  clear(scene);
  const { side } = scene.geometry;
  for (let cell = 0; cell < side ** 2; cell++) drawHole(scene, spotOf(cell, side));
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
    if (!piece.dropped && !piece.right && !piece.covered) drawArrow(scene, spots[slot], spotOf(piece.patch, side));
  });
}

function clear({ context, geometry }: Scene): void {
  context.clearRect(0, 0, geometry.total, geometry.total);
  context.imageSmoothingEnabled = false;
}

function drawPiece(scene: Scene, piece: Piece, spot: Spot): void {
  const { context, geometry, palette } = scene;
  if (!piece.context) {
    // A faint piece must not show what lies under it.
    const { x, y } = cellCorner(geometry, spot.column, spot.row);
    context.fillStyle = palette.panel;
    context.fillRect(x, y, geometry.piece, geometry.piece);
  }
  drawPatch(scene, piece.patch, spot, piece.context ? 1 : MASKED_ALPHA);
}

function drawPatch({ context, picture, geometry }: Scene, patch: number, spot: Spot, alpha: number): void {
  const from = picture.width / geometry.side;
  const source = spotOf(patch, geometry.side);
  const { x, y } = cellCorner(geometry, spot.column, spot.row);
  context.globalAlpha = alpha;
  context.drawImage(picture, source.column * from, source.row * from, from, from, x, y, geometry.piece, geometry.piece);
  context.globalAlpha = 1;
}

function drawHole({ context, geometry, palette }: Scene, spot: Spot): void {
  const { x, y } = cellCorner(geometry, spot.column, spot.row);
  context.fillStyle = palette.hole;
  context.fillRect(x, y, geometry.piece, geometry.piece);
}

function drawBorder({ context, geometry, palette }: Scene, piece: Piece, spot: Spot): void {
  const { x, y } = cellCorner(geometry, spot.column, spot.row);
  const { border } = geometry;
  // A piece whose place was given away is neither.
  context.strokeStyle = piece.anchor ? palette.ink : piece.right ? palette.right : palette.wrong;
  context.lineWidth = border;
  const outer = geometry.piece + border;
  context.strokeRect(x - border / 2, y - border / 2, outer, outer);
}

/** A bar along the lower edge, as long as the model is sure. */
function drawConfidence({ context, geometry, palette }: Scene, piece: Piece, spot: Spot): void {
  const { x, y } = cellCorner(geometry, spot.column, spot.row);
  const height = Math.max(2, Math.round(geometry.piece / 10));
  context.fillStyle = palette.panel;
  context.fillRect(x, y + geometry.piece - height, geometry.piece, height);
  context.fillStyle = palette.ink;
  context.fillRect(x, y + geometry.piece - height, Math.round(geometry.piece * piece.confidence), height);
}

/** From where a piece lies to where it belongs; light under dark, so that it is seen on any picture. */
function drawArrow({ context, geometry, palette }: Scene, from: Spot, to: Spot): void {
  const start = centre(geometry, from);
  const end = centre(geometry, to);
  const angle = Math.atan2(end.y - start.y, end.x - start.x);
  const head = Math.max(4, geometry.piece / 5);
  const path = new Path2D();
  path.moveTo(start.x, start.y);
  path.lineTo(end.x, end.y);
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
  return { x: x + geometry.piece / 2, y: y + geometry.piece / 2 };
}
