/** Why a run is not kept, in words. */
export const NOWHERE = 'This browser gives the page no place to keep runs: take yours home with Save before you close it.';
export const FULL =
  'The browser has no more room for this page: the run goes on, but is kept no more. Take it home with Save, or delete kept runs.';
export const GONE = 'What this browser kept of the run was cleared. It is written anew.';
export const LOCKED = 'Another tab goes on with this run. Here it is kept as a copy of its own.';

const AGAIN = 'after a reload, add them again. The run itself is kept.';
export const UNKNOWN_FILES = `The files of this run cannot be kept here: ${AGAIN}`;
export const LARGE_FILES = `The files of this run are too large to be kept here: ${AGAIN}`;

/** @param why what the browser says */
export function sayNotKept(why: string): string {
  return `The files of this run were not kept: ${AGAIN} ${why}`;
}

/** @param why what the browser says */
export function sayTriedAgain(why: string): string {
  return `The run could not be kept just now, and will be tried again. ${why}`;
}
