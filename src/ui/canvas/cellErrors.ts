/** The mean error at every cell of a picture, as shades and in words. NaN stands where nothing was measured. */

export interface Range {
  least: number;
  leastCell: number;
  most: number;
  mostCell: number;
}

/** Null when no cell was measured. */
export function errorRange(errors: Float32Array): Range | null {
  let range: Range | null = null;
  errors.forEach((error, cell) => {
    if (Number.isNaN(error)) return;
    if (range === null) range = { least: error, leastCell: cell, most: error, mostCell: cell };
    else if (error < range.least) range = { ...range, least: error, leastCell: cell };
    else if (error > range.most) range = { ...range, most: error, mostCell: cell };
  });
  return range;
}

/** Shade of the smallest error: cells that were not measured are fainter still. */
const FAINTEST = 0.12;

/** From the least to the largest error; where all are alike they are all faint. */
export function cellErrorShades(errors: Float32Array): Float32Array {
  const range = errorRange(errors);
  if (range === null) return new Float32Array(errors.length);
  const { least, most } = range;
  const shade = (error: number): number => FAINTEST + ((1 - FAINTEST) * (error - least)) / (most - least || 1);
  return errors.map((error) => (Number.isNaN(error) ? 0 : shade(error)));
}
