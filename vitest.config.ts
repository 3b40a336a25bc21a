import { playwright } from '@vitest/browser-playwright';
import { configDefaults, defineConfig, mergeConfig } from 'vitest/config';
import { CHROMIUM_ARGS, findChromium } from './scripts/chromium.mjs';
import { TFJS_IN_NODE, TFJS_PACKAGES } from './scripts/tfjs.mjs';
import viteConfig from './vite.config.ts';

const executablePath = findChromium();
/** What programs make of files of ours that are written in Python: a stage of its own, as Python may not be there. */
const PYTHON = 'test/**/*.python.test.ts';
/** What transformers.js makes of them: it is half a gigabyte, and not among our packages. */
const TRANSFORMERS_JS = 'test/**/*.transformersjs.test.ts';
/** Models that learn on a GPU which a processor plays: it compiles their kernels one by one, half of the time of all tests in browsers. */
const ON_GPU = 'test/{model,objectives,trainer}/**/*.browser.test.ts';
/** tfjs: Node's own loader would take the CommonJS bundle for the package and other files for its subpaths, two copies with two engines. */
const oneTfjs = { optimizer: { ssr: { enabled: true, include: TFJS_PACKAGES, rolldownOptions: TFJS_IN_NODE } } };

export default mergeConfig(
  viteConfig,
  defineConfig({
    test: {
      // Of the root alone: what a page needs is bundled first, on a machine that may be busy.
      browser: { connectTimeout: 300_000 },
      projects: [
        {
          extends: true,
          test: {
            name: 'node',
            environment: 'node',
            include: ['test/**/*.test.{ts,tsx}'],
            exclude: [...configDefaults.exclude, 'test/**/*.browser.test.{ts,tsx}', 'test/e2e/**', PYTHON, TRANSFORMERS_JS],
            testTimeout: 20_000,
            // A backend starts in it, on a machine that may be busy.
            hookTimeout: 60_000,
            deps: oneTfjs,
          },
        },
        {
          extends: true,
          test: {
            name: 'python',
            environment: 'node',
            include: [PYTHON],
            testTimeout: 120_000,
            hookTimeout: 60_000,
            deps: oneTfjs,
          },
        },
        {
          extends: true,
          test: { name: 'transformersjs', environment: 'node', include: [TRANSFORMERS_JS], testTimeout: 120_000, deps: oneTfjs },
        },
        {
          extends: true,
          // Known beforehand: what is found in the middle of the tests would be bundled anew, with another React.
          optimizeDeps: { include: ['react', 'react-dom/client', 'radix-ui', 'lucide-react', 'zustand', 'zustand/middleware'] },
          test: {
            name: 'browser',
            include: ['test/**/*.browser.test.{ts,tsx}'],
            testTimeout: 60_000,
            browser: {
              enabled: true,
              headless: true,
              screenshotFailures: false,
              provider: playwright({
                launchOptions: { args: CHROMIUM_ARGS, ...(executablePath === undefined ? {} : { executablePath }) },
              }),
              // Two at the same time, each with processes of its own: the one waits for kernels while the other goes on.
              instances: [
                { browser: 'chromium', name: 'browser (models)', include: [ON_GPU] },
                { browser: 'chromium', name: 'browser (all else)', exclude: [...configDefaults.exclude, ON_GPU] },
              ],
            },
          },
        },
      ],
    },
  }),
);
