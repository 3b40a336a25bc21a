const LONGEST = 60;

/** Text from outside as a message may show it: in quotes, on one line, and not longer than a line. */
export function quote(text: string): string {
  return JSON.stringify(text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);
}
