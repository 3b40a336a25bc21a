import { describe, expect, it } from 'vitest';
import {
  BackendError,
  BadDataError,
  BadSettingError,
  CheckpointError,
  NonFiniteError,
  PatchworkError,
  toErrorReport,
} from '../../src/base/errors.ts';
import { invariant } from '../../src/base/invariant.ts';

describe('named errors', () => {
  it.each([
    [PatchworkError, 'PatchworkError'],
    [BadSettingError, 'BadSettingError'],
    [BadDataError, 'BadDataError'],
    [NonFiniteError, 'NonFiniteError'],
    [BackendError, 'BackendError'],
    [CheckpointError, 'CheckpointError'],
  ])('%o is an Error with its own name', (Kind, name) => {
    const error = new Kind('what to do', { cause: 'x' });
    expect(error).toBeInstanceOf(PatchworkError);
    expect(error).toMatchObject({ name, message: 'what to do', cause: 'x' });
    expect(String(error)).toBe(`${name}: what to do`);
  });
});

describe('toErrorReport', () => {
  it('keeps name, message and stack, and survives structuredClone', () => {
    const error = new NonFiniteError('the loss is NaN');
    const report = structuredClone(toErrorReport(error));
    expect(report).toEqual({ name: 'NonFiniteError', message: 'the loss is NaN', stack: error.stack });
  });

  it('reads errors of the platform', () => {
    expect(toErrorReport(new TypeError('x'))).toMatchObject({ name: 'TypeError', message: 'x' });
    expect(toErrorReport(new DOMException('stopped', 'AbortError'))).toMatchObject({ name: 'AbortError', message: 'stopped' });
  });

  it('leaves a missing stack out', () => {
    const error = new Error('x');
    delete error.stack;
    expect(Object.hasOwn(toErrorReport(error), 'stack')).toBe(false);
  });

  it.each([
    ['text', 'text'],
    [42, '42'],
    [undefined, 'undefined'],
    [null, 'null'],
    [Symbol('s'), 'Symbol(s)'],
  ])('makes a report of a thrown %o', (thrown, message) => {
    expect(toErrorReport(thrown)).toEqual({ name: 'Error', message });
  });
});

describe('invariant', () => {
  it('throws what our own code broke, and nothing else', () => {
    expect(() => invariant(true, 'x')).not.toThrow();
    for (const falsy of [false, 0, '', null, undefined]) expect(() => invariant(falsy, 'm > n')).toThrow('Patchwork bug: m > n');
  });
});
