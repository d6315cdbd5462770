// The floor: a bare loop over node:http with one compiled schema, 16 at a time. `node bare.js <count> <port> <concurrency>`.
const http = require('node:http');
const Ajv2020 = require('ajv/dist/2020');
const { SCHEMAS } = require('./projects');

const [count, port, concurrency] = process.argv.slice(2).map(Number);
const ajv = new Ajv2020();
const validators = SCHEMAS.map((schema) => ajv.compile(schema));
const agent = new http.Agent({ keepAlive: true, maxSockets: concurrency });
let next = 0;

const get = (path) =>
  new Promise((resolve, reject) => {
    http
      .get({ host: '127.0.0.1', port, path, agent }, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())));
      })
      .on('error', reject);
  });

async function work() {
  while (next < count) {
    const at = next++;
    if (!validators[at % 2](await get(`/users/${at}?full=true`))) throw new Error('not valid');
  }
}

Promise.all(Array.from({ length: concurrency }, work)).then(() => agent.destroy());
