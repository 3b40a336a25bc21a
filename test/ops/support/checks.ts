import { describe, it } from 'vitest';
import { checkDeterminism, checkGradient, checkLeaks, checkValue, type OpCase } from './opCase.ts';

/** All checks of all cases of an op, on the backend that is current when they run. */
export function itHolds(cases: readonly OpCase[]): void {
  describe.each(cases)('$name', (opCase) => {
    it('has the value of the reference', () => checkValue(opCase));
    it('has its gradient', () => checkGradient(opCase));
    it('is the same twice, bit for bit', () => checkDeterminism(opCase));
    it('leaves nothing in memory', () => checkLeaks(opCase));
  });
}
