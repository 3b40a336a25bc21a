/**
 * The one place where an address becomes a program. The page's policy requires Trusted Types: browsers that know them start a worker only
 * from what came through here, and here only files of our own server come through.
 */
import { PatchworkError } from './errors.ts';

interface ScriptPolicy {
  createScriptURL(address: string): string;
}

/** TypeScript's library knows no Trusted Types: what they make of an address is used where the address would be. */
declare global {
  var trustedTypes: { createPolicy(name: string, rules: ScriptPolicy): ScriptPolicy } | undefined;
}

let policy: ScriptPolicy | undefined;

/**
 * @param address of a script that the build made, from the page's or worker's own address
 * @throws PatchworkError when it leads to another server
 */
export function ownScript(address: string): string {
  // Made when first asked for: nothing happens when this file is merely imported.
  policy ??= trust();
  return policy.createScriptURL(address);
}

function trust(): ScriptPolicy {
  const rules = { createScriptURL: checked };
  return globalThis.trustedTypes?.createPolicy('patchwork', rules) ?? rules;
}

function checked(address: string): string {
  const { href, origin } = new URL(address, location.href);
  if (origin === location.origin) return href;
  throw new PatchworkError(
    `Patchwork runs no scripts of other servers, and ${origin} is one. Serve all of its files from one place.`,
  );
}
