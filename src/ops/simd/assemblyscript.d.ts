/** What scripts/assemblyscript.mjs makes of such an import: a WebAssembly module in base64, for either kind of memory. */
declare module '*?assemblyscript' {
  const modules: { plain: string; shared: string };
  export default modules;
}
