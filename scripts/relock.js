// Locks the collection in collections/ as it is now, for maintainers of the built-in suite. What the lock says of its
// source stays, or comes from a metadata document:  node scripts/relock.js [metadata.json]
const { readFileSync, writeFileSync, existsSync } = require('node:fs');
const { loadCollection } = require('../dist/collection/load');
const { collectionId, lockFileOf, lockOf } = require('../dist/collection/pin');
const { readConfig } = require('../dist/config/config');
const { pageLink, publishedFacts } = require('../dist/source/published');

const RECONSTRUCTION =
  'Written by hand from documented facts, because only the metadata of the published collection is known here. ' +
  '`driftgate pull` replaces it with the published collection.';

const file = readConfig(process.cwd()).collection;
const collection = loadCollection(JSON.parse(readFileSync(file, 'utf8')), file, collectionId(file));
const metadata = process.argv[2];
const facts = metadata === undefined ? null : publishedFacts(JSON.parse(readFileSync(metadata, 'utf8')));
const lockFile = lockFileOf(file);
const { lockVersion, sha256, scripts, hosts, ...kept } = existsSync(lockFile)
  ? JSON.parse(readFileSync(lockFile, 'utf8'))
  : {};
const provenance =
  facts === null ? kept : { source: pageLink(facts), ...facts, reconstruction: RECONSTRUCTION };
writeFileSync(lockFile, `${JSON.stringify(lockOf(collection, provenance), null, 2)}\n`);
