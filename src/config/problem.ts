/** A rule that a run breaks, and the setting to change. */
export interface Problem {
  path: string;
  message: string;
  /** The other settings that the rule reads: with all of them at their defaults it holds. */
  others?: readonly string[];
}
