/** The ids that say what a control is for and what is wrong with it. */
export function describedBy(id: string, invalid: boolean): string {
  return invalid ? `${id}-problem ${id}-help` : `${id}-help`;
}
