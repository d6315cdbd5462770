import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './support/project';

// In a process of its own, because Jest's `process` never hears the warnings of Node.
const SCRIPT = `
  const { NewmanProcess } = require(${JSON.stringify(join(ROOT, 'dist/runner/newman/process'))});
  const job = {
    collection: { info: { name: 'C' }, item: [] }, environment: [], globals: [], iterations: [{}],
    captures: {}, scripted: [], hosts: [], timeoutsMs: {},
  };
  (async () => {
    const newman = new NewmanProcess();
    let ended = 0;
    for (let at = 0; at < 15; at += 1) for await (const { type } of newman.run(job)) ended += type === 'end' ? 1 : 0;
    await newman.close();
    console.log(ended);
  })();
`;

test('a process that serves many jobs gathers no listeners', () => {
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', SCRIPT], { encoding: 'utf8' });
  expect({ stdout: stdout.trim(), stderr }).toEqual({ stdout: '15', stderr: '' });
});
