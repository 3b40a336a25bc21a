import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { assemblyScript } from './scripts/assemblyscript.mjs';
import { assetList } from './scripts/assetList.mjs';
import { demoPage } from './scripts/demoPage.mjs';
import { packageList } from './scripts/packageList.mjs';
import { HEADERS, ISOLATION, policyInPage } from './scripts/policy.mjs';
import { serviceWorker } from './scripts/serviceWorker.mjs';
import { withoutStyleTags } from './scripts/styleTags.mjs';
import { TFJS_PACKAGES } from './scripts/tfjs.mjs';

/** Compiling the kernels takes a while, and is meant to. */
const checks = { pluginTimings: false };

export default defineConfig({
  // Relative addresses: the built page works under any path of any host.
  base: './',
  plugins: [
    react(),
    assemblyScript(),
    demoPage(),
    assetList(),
    policyInPage(),
    withoutStyleTags(),
    packageList({ writes: true }),
    serviceWorker(),
  ],
  server: { headers: ISOLATION },
  preview: { headers: HEADERS },
  worker: {
    format: 'es',
    plugins: () => [assemblyScript(), demoPage(), packageList({ writes: false })],
    rolldownOptions: { checks },
  },
  build: {
    target: 'chrome120',
    // One file of styles: those of a page that is fetched later could be missing when its script is not.
    cssCodeSplit: false,
    // The trainer worker carries tfjs and all kernels; what the first paint needs is measured in test/e2e.
    chunkSizeWarningLimit: 4000,
    rolldownOptions: { checks },
  },
  optimizeDeps: {
    // Only the workers import these, so Vite would find them late and reload the page.
    include: [...TFJS_PACKAGES, 'idb'],
  },
});
