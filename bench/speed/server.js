// The loopback server of the benchmark, in a process of its own: `node server.js <latency ms> <body bytes>`.
const http = require('node:http');

const [latencyMs = 0, bytes = 2048] = process.argv.slice(2).map(Number);
const filler = 'x'.repeat(Math.max(0, Math.floor(bytes / 20) - 16));
const body = JSON.stringify({
  id: 'u-1',
  active: true,
  score: 12.5,
  tags: ['a', 'b'],
  entries: Array.from({ length: 20 }, (_, at) => ({ n: at, text: filler })),
});
let first = 0;

const server = http.createServer((request, response) => {
  if (request.url === '/first') {
    response.end(String(first));
    first = 0;
    return;
  }
  if (first === 0) first = Date.now();
  request.resume();
  const answer = () => response.writeHead(200, { 'Content-Type': 'application/json' }).end(body);
  if (latencyMs > 0) setTimeout(answer, latencyMs);
  else answer();
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send(server.address().port));
process.on('disconnect', () => process.exit());
