/** The world of the Reports: machines, halls and those who work there. */
import { split } from './grammar.ts';

export const UNITS = split('pump valve motor sensor boiler turbine filter engine cable fan drill crane');
export const SITES = split('north south east west upper lower inner outer');
export const HALLS = split('station plant dock tunnel shaft tower');
export const ROLES = split('operator engineer inspector foreman driver chemist clerk manager');
export const PARTS = split('belt gear seal fuse screw pipe plug bearing');
export const CODES = split('one two three four five six seven eight');

/** How a unit is, and how it is once that is mended. */
export const FAULTS: readonly (readonly [fault: string, mended: string])[] = [
  ['hot', 'cooled'],
  ['loud', 'quiet'],
  ['slow', 'faster'],
  ['dusty', 'clean'],
  ['loose', 'tight'],
  ['wet', 'dry'],
];
