/** All that has to do with hearing, which comes in one file. */
export { AboutHearing } from './AboutHearing.tsx';
export { Caption } from './Caption.tsx';
export { PlayButtons } from './PlayButtons.tsx';
export { Playhead } from './Playhead.tsx';
export { Record } from './Record.tsx';
export { TimeScale } from './TimeScale.tsx';
