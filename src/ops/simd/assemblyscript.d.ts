/** What scripts/assemblyscript.mjs makes of such an import: a WebAssembly module in base64, in four variants. */
declare module '*?assemblyscript' {
  const modules: Record<'plain' | 'shared' | 'plainRelaxed' | 'sharedRelaxed', string>;
  export default modules;
  /** Its range kernels, by the numbers that a list of calls has for them. */
  export const called: readonly string[];
}
