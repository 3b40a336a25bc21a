/** Throws when something that our own code promises does not hold. Never for what a user can cause: use a named error. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Patchwork bug: ${message}`);
}
