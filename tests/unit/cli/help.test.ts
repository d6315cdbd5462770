import { runCli } from '../../integration/support/project';

/** The columns of the widest line, by the characters that a reader sees. */
const widest = (text: string): number => Math.max(...text.split('\n').map((line) => [...line].length));

test('the help of every command fits into the terminal, and into 80 columns where nobody knows it', async () => {
  const { stdout } = await runCli('.', ['--help']);
  const commands = [...stdout.matchAll(/^ {2}([a-z]+) (?:\[|<|\s)/gm)].map(([, name]) => name ?? '');
  expect(commands).toEqual(
    expect.arrayContaining(['run', 'init', 'health', 'check', 'accept', 'lint', 'sandbox', 'mock', 'types']),
  );
  for (const argv of [[], ...commands.map((name) => [name])]) {
    for (const columns of [undefined, 72, 100]) {
      let text = '';
      const output = { write: (more: string) => (text += more), ...(columns !== undefined && { columns }) };
      const { code } = await runCli('.', [...argv, '--help'], { stdout: output });
      const place = { argv, columns, code };
      expect({ ...place, text }).toMatchObject({
        ...place,
        code: 0,
        text: expect.stringContaining('Usage: '),
      });
      expect({ ...place, isFitting: widest(text) <= (columns ?? 80) }).toEqual({ ...place, isFitting: true });
    }
  }
});
