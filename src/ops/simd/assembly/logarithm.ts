/** ln x of a normal float, to 1e-9: x = 2^e m with m in [sqrt(1/2), sqrt(2)), ln m = 2 artanh((m - 1) / (m + 1)). */
export function logarithm(x: f32): f64 {
  if (!(x < Infinity)) return x;
  const bits = reinterpret<i32>(x);
  const exponent = (bits - 0x3f3504f3) >> 23;
  const mantissa: f64 = reinterpret<f32>(bits - (exponent << 23));
  const ratio = (mantissa - 1) / (mantissa + 1);
  const square = ratio * ratio;
  let series: f64 = 1.0 / 9;
  series = series * square + 1.0 / 7;
  series = series * square + 1.0 / 5;
  series = series * square + 1.0 / 3;
  series = series * square + 1;
  return <f64>exponent * 0.6931471805599453 + 2 * ratio * series;
}
