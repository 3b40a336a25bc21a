/**
 * Tests of WebGPU in Node, on whatever adapter Dawn finds there (a graphics card, or another software adapter than the browser's): the same
 * files as in Chromium, with another environment. `npm run test:dawn`; no stage of `npm test`, as Dawn is optional and most machines without
 * a graphics card have no adapter for it. Without one it fails.
 */
import path from 'node:path';
import { configDefaults, defineConfig, mergeConfig } from 'vitest/config';
import { TFJS_IN_NODE, TFJS_PACKAGES } from '../../scripts/tfjs.mjs';
import viteConfig from '../../vite.config.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const IN_BROWSER = path.join(ROOT, 'src/engine/environment.browser.ts');
const IN_NODE = path.join(ROOT, 'test/dawn/environment.ts');
/** What is a browser's own: memory shared between its threads, its database, errors that its page hears. */
const OF_BROWSERS = /^(?!.*(on wasm with threads|takes it again without a trial))/;

export default mergeConfig(
  viteConfig,
  defineConfig({
    root: ROOT,
    plugins: [
      {
        name: 'dawn-environment',
        enforce: 'pre',
        async resolveId(source, importer, options) {
          if (!source.endsWith('environment.browser.ts')) return undefined;
          const found = await this.resolve(source, importer, { ...options, skipSelf: true });
          return found?.id === IN_BROWSER ? IN_NODE : found;
        },
      },
    ],
    test: {
      name: 'dawn',
      environment: 'node',
      include: ['test/{ops,model,objectives,trainer,engine}/**/*.browser.test.ts'],
      exclude: [...configDefaults.exclude, 'test/engine/recordingLoss.browser.test.ts'],
      testNamePattern: OF_BROWSERS,
      testTimeout: 600_000,
      hookTimeout: 600_000,
      deps: { optimizer: { ssr: { enabled: true, include: TFJS_PACKAGES, rolldownOptions: TFJS_IN_NODE } } },
    },
  }),
);
