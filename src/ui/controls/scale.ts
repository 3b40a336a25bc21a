/** How far along its track a slider stands for a value. Linear fields use their own numbers, others a list of stops. */
import type { NumberField } from '../../config/field.ts';

export interface SliderScale {
  min: number;
  max: number;
  step: number;
  toPosition(value: number): number;
  toValue(position: number): number;
}

export function sliderScale(field: NumberField): SliderScale {
  if (field.scale === 'linear') {
    const { min, max, step } = field;
    const snap = (value: number): number => Number(value.toPrecision(9));
    return { min, max, step, toPosition: (value) => value, toValue: snap };
  }
  const stops = field.scale === 'log' ? logStops(field) : decadeStops(field);
  return {
    min: 0,
    max: stops.length - 1,
    step: 1,
    toPosition: (value) => positionOf(stops, value),
    toValue: (position) => stops[Math.round(position)],
  };
}

/** 0, and from one step on as a log field: what lies below a step can be typed. */
export function decadeStops(field: NumberField): number[] {
  const { min, step, default: own } = field;
  return [min, ...logStops({ ...field, min: step, default: own < step ? step : own })];
}

/** Powers of two when the field's own numbers are, else 1, 1.5, 2, 3, 5, 7 of each decade; ends and default included. */
export function logStops(field: NumberField): number[] {
  const { min, max } = field;
  const own = [min, max, field.default];
  const factors = own.every((value) => Number.isInteger(Math.log2(value))) ? [] : [1, 1.5, 2, 3, 5, 7];
  const stops = new Set(own);
  for (let power = 2 ** Math.ceil(Math.log2(min)); factors.length === 0 && power <= max; power *= 2) stops.add(power);
  for (let exponent = Math.floor(Math.log10(min)); 10 ** exponent <= max; exponent++) {
    for (const factor of factors) stops.add(Number((factor * 10 ** exponent).toPrecision(6)));
  }
  return [...stops]
    .filter((value) => value >= min && value <= max && (!field.integer || Number.isInteger(value)))
    .sort((a, b) => a - b);
}

/** Between two stops a typed value stands where its logarithm does; next to 0, which has none, where it does itself. */
function positionOf(stops: readonly number[], value: number): number {
  const above = stops.findIndex((stop) => stop >= value);
  if (above === -1) return stops.length - 1;
  if (above === 0 || stops[above] === value) return above;
  const [from, to] = [stops[above - 1], stops[above]];
  return above - 1 + (from === 0 ? value / to : Math.log(value / from) / Math.log(to / from));
}
