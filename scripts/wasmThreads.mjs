/**
 * Keeps tfjs's threaded wasm backend working in a bundle. It starts its threads from the text of one of its own functions
 * (`factory.toString()`), and a bundler renames what that text refers to: every thread then dies with "e is not defined".
 * Here the function's text is the file as it was published.
 */
const FILE = /tfjs-backend-wasm-threaded-simd\.js$/;
const FACTORY = /var WasmBackendModuleThreadedSimd = (\(\(\) => \{[\s\S]*\}\)\(\));/;

/** @returns {import('vite').Plugin} */
export function wasmThreads() {
  return {
    name: 'wasm-threads',
    transform(code, id) {
      if (!FILE.test(id)) return undefined;
      const factory = FACTORY.exec(code)?.[1];
      if (factory === undefined) throw new Error('tfjs-backend-wasm has changed: its threads need another look.');
      return { code: `${code}\nmodule.exports.toString = () => ${JSON.stringify(factory)};\n`, map: null };
    },
  };
}
