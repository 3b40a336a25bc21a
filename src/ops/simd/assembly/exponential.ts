/** exp, and the normal distribution, on four floats at a time. */

/** Below it e^x is smaller than the smallest normal float. */
const LOWEST: f32 = -87.336;
const LOG2_E: f32 = 1.44269504;
/** ln 2 in two parts: the first has few enough bits that a whole number times it is exact. */
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -2.12194440e-4;
/** 1.5 * 2^23: adding it rounds a float to a whole number, and leaves that number in the low bits. */
const ROUNDER: f32 = 12582912;

/** e^x for x <= 0, to 2e-7 relative; 0 where that is no normal float; NaN for NaN. Polynomial: Cephes `expf`. */
@inline
export function exponential(x: v128): v128 {
  const bounded = f32x4.pmax(x, f32x4.splat(LOWEST));
  const rounded = f32x4.add(f32x4.mul(bounded, f32x4.splat(LOG2_E)), f32x4.splat(ROUNDER));
  const whole = f32x4.sub(rounded, f32x4.splat(ROUNDER));
  const high = f32x4.sub(bounded, f32x4.mul(whole, f32x4.splat(LN2_HIGH)));
  const r = f32x4.sub(high, f32x4.mul(whole, f32x4.splat(LN2_LOW)));
  let p = f32x4.splat(1.9875691500e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(p, r), r), r), f32x4.splat(1));
  // The whole number is in the low bits of `rounded`: moved to the exponent it is 2^whole.
  const power = i32x4.add(i32x4.shl(rounded, 23), i32x4.splat(0x3f800000));
  return v128.andnot(f32x4.mul(p, power), f32x4.lt(x, f32x4.splat(LOWEST)));
}

/**
 * Phi(-z) e^(z^2 / 2) for z >= 0, half of Mills' ratio up to a constant: smooth, from 1/2 down to 1 / (z sqrt(2 pi)).
 * A polynomial in t = 1 / (1 + 0.35 z), minimax of the relative error (3.2e-8) for z up to 14, beyond which
 * e^(-z^2 / 2) is 0 in floats. This form keeps the tails of Phi relatively exact, where 1 + erf loses every digit.
 */
@inline
export function scaledTail(z: v128): v128 {
  const one = f32x4.splat(1);
  const t = f32x4.div(one, f32x4.add(one, f32x4.mul(z, f32x4.splat(0.35))));
  let p = f32x4.splat(-0.0291462709);
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.143973193));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(-0.255717039));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.159177032));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(-0.0231116319));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.105508702));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.119832703));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.139861891));
  p = f32x4.add(f32x4.mul(p, t), f32x4.splat(0.139621403));
  return f32x4.mul(p, t);
}
