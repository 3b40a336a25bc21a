/** Under one label browsers and Node decode different letters: names must come out the same. */
import './names.test.ts';
