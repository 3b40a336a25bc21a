/** Names of kept runs: 128 random bits, so that no two tabs and no two machines make the same. */

/** 32 digits, hexadecimal. */
export function newRunId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Ids become names of folders: nothing else is taken for one. */
export function isRunId(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text);
}
