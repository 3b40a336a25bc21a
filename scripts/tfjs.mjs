/** How tfjs is bundled, for the page's development server, for tests in Node and for the command line. */
import { fileURLToPath } from 'node:url';

export const TFJS_PACKAGES = [
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-core/dist/register_all_gradients',
  '@tensorflow/tfjs-backend-cpu',
  '@tensorflow/tfjs-backend-wasm',
  '@tensorflow/tfjs-backend-webgpu',
];

/**
 * For bundles that run in Node. tfjs has to be bundled there: Node's own loader takes a CommonJS bundle for the package
 * and other files for its subpaths, which makes two engines. Its wasm glue looks for the .wasm files beside itself
 * through `__dirname`, which a bundle does not have.
 */
export const TFJS_IN_NODE = {
  transform: {
    define: {
      __dirname: JSON.stringify(
        fileURLToPath(new URL('../node_modules/@tensorflow/tfjs-backend-wasm/wasm-out', import.meta.url)),
      ),
    },
  },
};
