// Bundles the app of the HTML report into the one script and the one style that the writer puts into each report.
const { readFileSync, writeFileSync, existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');
const esbuild = require('esbuild');

const root = join(__dirname, '..');
const out = join(root, 'dist/report');

/** The packages whose code is in the bundle, by the paths that esbuild read. */
function packagesIn(inputs) {
  const names = Object.keys(inputs).flatMap(
    (file) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? [],
  );
  return [...new Set(names)].sort().map((name) => {
    const directory = join(root, 'node_modules', name);
    const { version, license } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
    const file = readdirSync(directory).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file === undefined ? '' : readFileSync(join(directory, file), 'utf8').trim();
    return { title: `${name} ${version} (${license})`, text };
  });
}

const { metafile } = esbuild.buildSync({
  absWorkingDir: root,
  entryPoints: { page: 'src/report/page/main.tsx' },
  outdir: out,
  tsconfig: 'tsconfig.page.json',
  bundle: true,
  minify: true,
  format: 'iife',
  platform: 'browser',
  target: ['chrome105', 'firefox110', 'safari16'],
  metafile: true,
  logLevel: 'warning',
});
const packages = packagesIn(metafile.inputs);
const script = join(out, 'page.js');
// Reports are passed on without the package: what they contain is said in them.
const banner = `/* With ${packages.map(({ title }) => title).join(', ')}. */\n`;
writeFileSync(script, banner + readFileSync(script, 'utf8'));
writeFileSync(
  join(out, 'page.licenses.txt'),
  `${packages.map(({ title, text }) => `${title}\n\n${text}`).join('\n\n\n')}\n`,
);
if (!existsSync(join(out, 'page.css'))) throw new Error('the page has no style');
