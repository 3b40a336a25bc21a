/** A number that learning has to reach, and how that is said. */
export interface Claim {
  what: string;
  measured: number;
  bound: { above: number } | { below: number };
}

/** A number that could not be measured reaches nothing. */
export function holds({ measured, bound }: Claim): boolean {
  return 'above' in bound ? measured > bound.above : measured < bound.below;
}

/** "words right at step 1000: 0.684, above 0.58: holds" */
export function sayClaim(claim: Claim): string {
  const { what, measured, bound } = claim;
  const wanted = 'above' in bound ? `above ${bound.above}` : `below ${bound.below}`;
  return `${what}: ${Number(measured.toPrecision(4))}, has to be ${wanted}: ${holds(claim) ? 'holds' : 'MISSED'}`;
}
