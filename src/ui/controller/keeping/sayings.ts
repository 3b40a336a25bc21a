/** What people are told of runs that come back, in words. */
import { now } from '../../../base/now.ts';
import { factsOf } from '../../../config/objectives.ts';
import { totalSteps } from '../../../config/phases.ts';
import type { RunConfig } from '../../../config/run.ts';
import { formatCount, plural } from '../../format.ts';

/** Where the page stood when it was last seen: its step, and when, in milliseconds since 1970. */
export interface Seen {
  step: number;
  seenAt: number;
}

/** "Back at step 1,240, saved 14 s before the page went.": what was lost, where something was. */
export function sayBack(step: number, savedAt: number, seen: Seen | null): string {
  const at = `Back at step ${formatCount(step)}`;
  if (seen === null) return `${at}, saved ${sayAgo(savedAt, now())}.`;
  if (seen.step <= step) return `${at}, as the page was left.`;
  const lost = plural(seen.step - step, 'step');
  return `${at}, saved ${saySpan(Math.max(0, seen.seenAt - savedAt))} before the page went: ${lost} will be done again.`;
}

/** "MAE on Scenes, step 1,240 of 2,000". */
export function sayRun(config: RunConfig, datasetName: string, step: number): string {
  const { title } = factsOf(config);
  return `${title} on ${datasetName}, step ${formatCount(step)} of ${formatCount(totalSteps(config))}`;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time as people say it: "14 s", "3 min", "2 h", "5 days". */
function saySpan(milliseconds: number): string {
  if (milliseconds < 1.5 * MINUTE) return `${Math.round(milliseconds / SECOND)} s`;
  if (milliseconds < 1.5 * HOUR) return `${Math.round(milliseconds / MINUTE)} min`;
  if (milliseconds < 1.5 * DAY) return `${Math.round(milliseconds / HOUR)} h`;
  return plural(Math.round(milliseconds / DAY), 'day');
}

/** "3 min ago", "yesterday", "on 22 Nov 2026"; both in milliseconds since 1970. */
export function sayAgo(then: number, today: number): string {
  const days = dayOf(today) - dayOf(then);
  if (today - then < 1.5 * MINUTE) return 'a moment ago';
  if (days <= 0 || today - then < 6 * HOUR) return `${saySpan(today - then)} ago`;
  if (days === 1) return 'yesterday';
  if (days < 7) return `${days} days ago`;
  return `on ${new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' }).format(then)}`;
}

/** Days since 1970 of the visitor's calendar. */
function dayOf(time: number): number {
  // "2026-11-29"
  const date = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short' }).format(time);
  return Date.parse(`${date}T00:00:00Z`) / DAY;
}
