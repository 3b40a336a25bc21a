import { describe, expect, it } from 'vitest';
import { deviceOf, estimateSeconds, parityStepsOf, sayRoughly, toggledSize } from '../../../src/ui/controller/benchPlan.ts';
import { NO_BENCH, withAdapter } from '../../../src/ui/store/bench.ts';

describe('the choice of a backend', () => {
  it('falls on a graphics card, and never by itself on a software adapter', () => {
    expect(deviceOf(withAdapter(NO_BENCH, { name: 'Apple M2', software: false }))).toBe('graphics card');
    expect(deviceOf(withAdapter(NO_BENCH, { name: 'swiftshader', software: true }))).toBe('wasm');
    expect(deviceOf(withAdapter(NO_BENCH, null))).toBe('wasm');
  });
});

describe('how long it may take', () => {
  it('grows with sizes and steps', () => {
    const one = estimateSeconds(['tiny'], 'wasm', 1);
    expect(estimateSeconds(['tiny'], 'wasm', 20)).toBeGreaterThan(one);
    expect(estimateSeconds(['tiny', 'base'], 'wasm', 1)).toBe(one + estimateSeconds(['base'], 'wasm', 1));
    expect(estimateSeconds([], 'wasm', 1)).toBe(0);
  });

  it('is said no more exactly than it is known', () => {
    expect(sayRoughly(3)).toBe('about 10 seconds');
    expect(sayRoughly(41)).toBe('about 50 seconds');
    expect(sayRoughly(59)).toBe('about a minute');
    expect(sayRoughly(61)).toBe('about 2 minutes');
  });

  it('is kept bearable by comparing fewer losses where steps take long', () => {
    expect(parityStepsOf('tiny', 'wasm')).toBe(20);
    expect(parityStepsOf('base', 'wasm')).toBe(1);
    expect(parityStepsOf('base', 'graphics card')).toBe(20);
  });
});

describe('sizes', () => {
  it('are measured in their own order, whatever the order of the clicks', () => {
    expect(toggledSize(toggledSize(['base'], 'small'), 'tiny')).toEqual(['tiny', 'small', 'base']);
    expect(toggledSize(['tiny', 'base'], 'tiny')).toEqual(['base']);
  });
});
