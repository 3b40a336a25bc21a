/** What scripts/demoPage.mjs makes of src/demo: one classic script and one sheet of styles, and what a policy calls them by. */
declare module 'virtual:demo-page' {
  const page: {
    script: string;
    style: string;
    /** "sha256-…" */
    scriptHash: string;
    styleHash: string;
  };
  export default page;
}
