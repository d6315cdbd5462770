// Where the browser of the browser tests is. By itself it says whether they are left out, which is a failure where
// DRIFTGATE_BROWSER=required.
const { existsSync } = require('node:fs');

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Path of Chromium, or null where there is none; `CHROMIUM` names another. */
function findChromium() {
  return [process.env.CHROMIUM, ...PLACES].find((path) => path && existsSync(path)) ?? null;
}

const isRequired = process.env.DRIFTGATE_BROWSER === 'required';

module.exports = { findChromium, isRequired };

if (require.main === module && findChromium() === null) {
  console.error(
    'no Chromium: the browser tests of the HTML report are left out; apt-get install chromium, or set CHROMIUM to its path',
  );
  if (isRequired) process.exitCode = 1;
}
