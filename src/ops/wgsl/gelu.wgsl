// GELU with the error function, x Phi(x), and its derivative Phi(x) + x phi(x).

const INVERSE_SQRT_2PI = 0.3989422804;

// e^(-x^2 / 2); bounded, because a power of infinity need not be 0.
fn bell(x: vec4f) -> vec4f {
  return exp(max(x * x * -0.5, vec4f(-100.0)));
}

// Phi(x), given e^(-x^2 / 2). Phi(-z) e^(z^2 / 2) is smooth for z >= 0: a polynomial in 1 / (1 + 0.35 z), minimax of the relative
// error (3.2e-8). This form keeps the tails of Phi relatively exact, where 1 + erf loses every digit.
fn cumulative(x: vec4f, height: vec4f) -> vec4f {
  let t = 1.0 / (1.0 + abs(x) * 0.35);
  var p = vec4f(-0.0291462709);
  p = p * t + 0.143973193;
  p = p * t - 0.255717039;
  p = p * t + 0.159177032;
  p = p * t - 0.0231116319;
  p = p * t + 0.105508702;
  p = p * t + 0.119832703;
  p = p * t + 0.139861891;
  p = p * t + 0.139621403;
  let tail = p * t * height;
  return select(1.0 - tail, tail, x < vec4f());
}

fn gelu(x: vec4f) -> vec4f {
  return x * cumulative(x, bell(x));
}

fn geluDerivative(x: vec4f) -> vec4f {
  let height = bell(x);
  return cumulative(x, height) + x * height * INVERSE_SQRT_2PI;
}
