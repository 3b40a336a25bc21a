/** The version of Patchwork, as package.json has it: what is saved and taken home says what made it. */
export const VERSION = '0.4.0';
