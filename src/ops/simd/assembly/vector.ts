/** Vectors of four floats at the end of a row, and sums over lanes. A pointer is a byte offset in tfjs's heap. */

/** Reads the next `count` floats, at most 4; lanes beyond them hold `filler`. Never touches memory past the last float. */
@inline
export function loadPart(pointer: usize, count: i32, filler: f32): v128 {
  if (count >= 4) return v128.load(pointer);
  let part = v128.load_lane<f32>(pointer, f32x4.splat(filler), 0);
  if (count > 1) part = v128.load_lane<f32>(pointer, part, 1, 4);
  if (count > 2) part = v128.load_lane<f32>(pointer, part, 2, 8);
  return part;
}

/** Writes the first `count` lanes, at most 4. */
@inline
export function storePart(pointer: usize, value: v128, count: i32): void {
  if (count >= 4) {
    v128.store(pointer, value);
    return;
  }
  v128.store_lane<f32>(pointer, value, 0);
  if (count > 1) v128.store_lane<f32>(pointer, value, 1, 4);
  if (count > 2) v128.store_lane<f32>(pointer, value, 2, 8);
}

/** A tensor's floats take 4 bytes each. */
@inline
export function bytes(floats: i32): i32 {
  return floats << 2;
}

/** The next multiple of 4. */
@inline
export function padded(count: i32): i32 {
  return (count + 3) & ~3;
}

/** a b + c, in one rounding where the module may use relaxed SIMD and the machine has fused multiply-add. */
@inline
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c);
}

@inline
export function sumLanes(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 2) + (f32x4.extract_lane(x, 1) + f32x4.extract_lane(x, 3))
  );
}

/** The largest lane. Like `f32x4.pmax` everywhere in these kernels it may pass over a NaN: the sums that follow catch it. */
@inline
export function maximumLane(x: v128): f32 {
  const pairs = f32x4.pmax(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  return f32x4.extract_lane(f32x4.pmax(pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2)), 0);
}

/** The mean of doubles, in order, as a scalar. One thing to do. */
export function meanOfDoubles(x: usize, count: i32, mean: usize, start: i32, end: i32): void {
  store<f32>(mean, <f32>(sumOfDoubles(x, count) / <f64>count));
}

/** The sum of doubles, in order. */
export function sumOfDoubles(x: usize, count: i32): f64 {
  let total: f64 = 0;
  for (let i = 0; i < count; i++) total += load<f64>(x + 2 * bytes(i));
  return total;
}
