/**
 * What the page may fetch and run. `connect-src` proves the promise that nothing is uploaded: a browser lets page and workers talk to
 * their own server and to nobody else. Workers take the policy from the header of their own scripts, so a server has to send it with
 * every file; the page has it in itself as well, for hosts whose headers cannot be set.
 */
const RULES = {
  'default-src': "'none'",
  // TensorFlow.js and our kernels are compiled WebAssembly; no text is ever run as code.
  'script-src': "'self' 'wasm-unsafe-eval'",
  'worker-src': "'self'",
  // A build of the wasm backend with shared memory is made in the page and read back as a blob.
  'connect-src': "'self' blob:",
  'img-src': "'self' blob: data:",
  'font-src': "'self'",
  // Radix and the charts place things by style attributes.
  'style-src': "'self' 'unsafe-inline'",
  'base-uri': "'none'",
  'form-action': "'none'",
};

export const POLICY = Object.entries(RULES)
  .map(([name, sources]) => `${name} ${sources}`)
  .join('; ');

/**
 * Puts the policy into the built page; served for development, Vite runs scripts of its own that it would forbid.
 *
 * @returns {import('vite').Plugin}
 */
export function policyInPage() {
  return {
    name: 'policy-in-page',
    apply: 'build',
    transformIndexHtml: () => [
      { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY }, injectTo: 'head-prepend' },
    ],
  };
}
