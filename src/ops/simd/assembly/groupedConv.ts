/**
 * Grouped convolution as products of matrices that nobody writes out: a group's part of one sample is copied into an image with
 * zeros around it, small enough for the first-level cache, where the numbers that a place sees lie in runs, one for each row of
 * the kernel.
 */
import { PANEL, panelled } from './layout';
import { columnSums } from './linear';
import { tileOfRuns } from './runs';
import { bytes, loadPart, storePart } from './vector';

/** Floats of one group's image: (rows + kernelRows - 1, columns + kernelColumns - 1, channels). */
@inline
function imageFloats(rows: i32, columns: i32, kernelRows: i32, kernelColumns: i32, channels: i32): i32 {
  return (rows + kernelRows - 1) * (columns + kernelColumns - 1) * channels;
}

/** Floats of scratch that each thread needs for `groupedConv` and `groupedConvWeightGrad`. */
export function groupedConvScratch(rows: i32, columns: i32, kernelRows: i32, kernelColumns: i32, channels: i32): i32 {
  return imageFloats(rows, columns, kernelRows, kernelColumns, channels) + rows * columns * panelled(channels);
}

/** Floats of one group's weights in panels. */
export function groupedConvPanels(taps: i32, channels: i32): i32 {
  return taps * channels * panelled(channels);
}

/** Floats of the sums that `groupedConvWeightGrad` leaves for one slice of one group: the weights', then the bias's. */
export function groupedConvPartials(taps: i32, channels: i32): i32 {
  return (taps * channels + 1) * panelled(channels);
}

/**
 * Cuts the weights (taps, c, d) of the groups `start` to `end` into panels of 8 outputs: (groups, c / 8, taps, c, 8), zeros in the
 * gap of the last. With `turned`, those that take dy to dx: taps in reverse, inputs and outputs swapped.
 */
export function packGroups(
  weight: usize,
  panels: usize,
  taps: i32,
  width: i32,
  groups: i32,
  turned: i32,
  start: i32,
  end: i32,
): void {
  const channels = width / groups;
  for (let group = start; group < end; group++) {
    let to = panels + bytes(group * groupedConvPanels(taps, channels));
    for (let panel = 0; panel < channels; panel += PANEL) {
      for (let tap = 0; tap < taps; tap++) {
        for (let i = 0; i < channels; i++) {
          for (let j = panel; j < panel + PANEL; j++) {
            const place = turned != 0 ? ((taps - 1 - tap) * channels + j) * width + i : (tap * channels + i) * width + j;
            store<f32>(to, j < channels ? load<f32>(weight + bytes(place + group * channels)) : 0);
            to += 4;
          }
        }
      }
    }
  }
}

/**
 * y = convolution of x (batch, rows * columns, width) with weights in panels, plus the bias, 0 for none. `start` and `end` count
 * samples of groups, those of one group in a row.
 */
export function groupedConv(
  x: usize,
  panels: usize,
  bias: usize,
  y: usize,
  scratch: usize,
  batch: i32,
  rows: i32,
  columns: i32,
  kernelRows: i32,
  kernelColumns: i32,
  width: i32,
  groups: i32,
  start: i32,
  end: i32,
  thread: i32,
): void {
  const channels = width / groups;
  const places = rows * columns;
  const wide = columns + kernelColumns - 1;
  const run = kernelColumns * channels;
  const image = scratch + bytes(thread * groupedConvScratch(rows, columns, kernelRows, kernelColumns, channels));
  const jump = bytes(wide * channels - run);
  const panelBytes = bytes(kernelRows * run * PANEL);
  const groupBytes = bytes(groupedConvPanels(kernelRows * kernelColumns, channels));
  memory.fill(image, 0, bytes(imageFloats(rows, columns, kernelRows, kernelColumns, channels)));
  for (let unit = start; unit < end; unit++) {
    const group = unit / batch;
    const corner = bytes((unit % batch) * places * width + group * channels);
    fillImage(x + corner, width, image, rows, columns, kernelRows, kernelColumns, channels);
    let panel = panels + group * groupBytes;
    for (let j = 0; j < channels; j += PANEL) {
      const added: usize = bias == 0 ? 0 : bias + bytes(group * channels + j);
      for (let i = 0; i < places; i += 4) {
        const last = places - 1;
        tileOfRuns(
          placeIn(image, i, columns, wide, channels),
          placeIn(image, min(i + 1, last), columns, wide, channels),
          placeIn(image, min(i + 2, last), columns, wide, channels),
          placeIn(image, min(i + 3, last), columns, wide, channels),
          4,
          jump,
          panel,
          run,
          kernelRows,
          y + corner + bytes(i * width + j),
          bytes(width),
          places - i,
          channels - j,
          added,
          0,
        );
      }
      panel += panelBytes;
    }
  }
}

/**
 * What slices of `slice` samples add to the gradients of the weights and the bias: partials (groups, slices, taps * c + 1, c padded
 * to a multiple of 8), the bias in the last row. `start` and `end` count slices of groups, those of one group in a row.
 */
export function groupedConvWeightGrad(
  x: usize,
  dy: usize,
  partials: usize,
  scratch: usize,
  batch: i32,
  slice: i32,
  rows: i32,
  columns: i32,
  kernelRows: i32,
  kernelColumns: i32,
  width: i32,
  groups: i32,
  start: i32,
  end: i32,
  thread: i32,
): void {
  const channels = width / groups;
  const places = rows * columns;
  const taps = kernelRows * kernelColumns;
  const padded = panelled(channels);
  const wide = columns + kernelColumns - 1;
  const image = scratch + bytes(thread * groupedConvScratch(rows, columns, kernelRows, kernelColumns, channels));
  const floats = imageFloats(rows, columns, kernelRows, kernelColumns, channels);
  const upstream = image + bytes(floats);
  const slices = (batch + slice - 1) / slice;
  memory.fill(image, 0, bytes(floats));
  for (let unit = start; unit < end; unit++) {
    const first = (unit % slices) * slice;
    const partial = partials + bytes(unit * groupedConvPartials(taps, channels));
    for (let sample = first; sample < min(first + slice, batch); sample++) {
      const corner = bytes(sample * places * width + (unit / slices) * channels);
      fillImage(x + corner, width, image, rows, columns, kernelRows, kernelColumns, channels);
      fillPanels(dy + corner, width, upstream, places, channels);
      const adds = sample > first;
      for (let tap = 0; tap < taps; tap++) {
        const seen = image + bytes(((tap / kernelColumns) * wide + (tap % kernelColumns)) * channels);
        for (let i = 0; i < channels; i += 4) {
          const last = channels - 1 - i;
          const a = seen + bytes(i);
          for (let j = 0; j < padded; j += PANEL) {
            const target = partial + bytes((tap * channels + i) * padded + j);
            tileOfRuns(
              a,
              a + bytes(min(1, last)),
              a + bytes(min(2, last)),
              a + bytes(min(3, last)),
              bytes(channels),
              bytes((kernelColumns - 1) * channels),
              upstream + bytes(j * places),
              columns,
              rows,
              target,
              bytes(padded),
              last + 1,
              PANEL,
              adds ? target : 0,
              bytes(padded),
            );
          }
        }
      }
      columnSums(upstream, partial + bytes(taps * channels * padded), places, padded, adds);
    }
  }
}

/** dWeight (taps, c, width) and dBias (width) of the groups `start` to `end`: the slices' partials, added up in order. */
export function groupedConvSums(
  partials: usize,
  dWeight: usize,
  dBias: usize,
  slices: i32,
  taps: i32,
  width: i32,
  groups: i32,
  start: i32,
  end: i32,
): void {
  const channels = width / groups;
  const padded = panelled(channels);
  const sliceBytes = bytes(groupedConvPartials(taps, channels));
  for (let group = start; group < end; group++) {
    for (let row = 0; row <= taps * channels; row++) {
      const output = (row < taps * channels ? dWeight + bytes(row * width) : dBias) + bytes(group * channels);
      for (let j = 0; j < channels; j += 4) {
        let from = partials + group * slices * sliceBytes + bytes(row * padded + j);
        let total = v128.load(from);
        for (let slice = 1; slice < slices; slice++) {
          from += sliceBytes;
          total = f32x4.add(total, v128.load(from));
        }
        storePart(output + bytes(j), total, channels - j);
      }
    }
  }
}

/** Copies a group's channels of one sample into the middle of its image. */
@inline
function fillImage(
  x: usize,
  width: i32,
  image: usize,
  rows: i32,
  columns: i32,
  kernelRows: i32,
  kernelColumns: i32,
  channels: i32,
): void {
  const wide = columns + kernelColumns - 1;
  let from = x;
  for (let row = 0; row < rows; row++) {
    let to = image + bytes(((row + kernelRows / 2) * wide + kernelColumns / 2) * channels);
    for (let column = 0; column < columns; column++) {
      for (let j = 0; j < channels; j += 4) storePart(to + bytes(j), loadPart(from + bytes(j), channels - j, 0), channels - j);
      from += bytes(width);
      to += bytes(channels);
    }
  }
}

/** Copies a group's channels of one sample into panels (c / 8, places, 8), zeros in the gap of the last. */
@inline
function fillPanels(x: usize, width: i32, panels: usize, places: i32, channels: i32): void {
  let to = panels;
  for (let j = 0; j < channels; j += PANEL) {
    const left = channels - j;
    let from = x + bytes(j);
    for (let place = 0; place < places; place++) {
      v128.store(to, loadPart(from, left, 0));
      v128.store(to, left > 4 ? loadPart(from + 16, left - 4, 0) : f32x4.splat(0), 16);
      from += bytes(width);
      to += bytes(PANEL);
    }
  }
}

@inline
function placeIn(image: usize, place: i32, columns: i32, wide: i32, channels: i32): usize {
  return image + bytes(((place / columns) * wide + (place % columns)) * channels);
}
