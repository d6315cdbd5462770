import { CollectionFormatError, UnresolvedVariableError, UsageError } from '../../../src/errors';
import { Masker } from '../../../src/masking/masker';
import { describeError } from '../../../src/report/describe-error';

const at80 = (error: unknown): string => describeError(error, new Masker(), false, 80);

test('an error that fits is one line', () => {
  expect(at80(new UsageError('two reports', 'a.xml', 'give each its own'))).toBe(
    'driftgate: two reports, a.xml, give each its own',
  );
});

test('one that does not is broken between what, where and what to do, and a path stays whole', () => {
  const path = `/home/somebody/${'folder/'.repeat(12)}file.json`;
  expect(at80(new UsageError('cannot be read', path, 'give another one'))).toBe(
    `driftgate: cannot be read,\n  ${path},\n  give another one`,
  );
  expect(describeError(new UsageError('cannot be read', path, 'give another one'), new Masker(), false)).toBe(
    `driftgate: cannot be read, ${path}, give another one`,
  );
});

test('the names of many variables stand below, all of them, and above them one line of what to do', () => {
  const names = Array.from({ length: 17 }, (_, at) => `variable_${at}`);
  const lines = at80(new UnresolvedVariableError(names, 'folder/request')).split('\n');
  expect(lines.slice(0, 2)).toEqual([
    'driftgate: 17 variables have no value, folder/request,',
    '  set them in .env.<name> or driftgate.config.json ("variables", "captures"):',
  ]);
  expect(
    lines
      .slice(2)
      .join(' ')
      .match(/\w+(?=\}\})/g),
  ).toEqual(names);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
});

test('few variables are named in the line itself', () => {
  expect(at80(new UnresolvedVariableError(['a', 'b'], 'k', '.env.acme'))).toBe(
    'driftgate: unresolved {{a}}, {{b}}, k,\n  set them in .env.acme or driftgate.config.json ("variables", "captures")',
  );
});

test('faults of a collection stand below, each on its own line, and without secrets', () => {
  const masker = new Masker();
  masker.add('token', 's3cr3t');
  const faults = ['/a: is s3cr3t', '/b: no', '/c: no', '/d: no'];
  const error = new CollectionFormatError('not a collection', 'c.json', 'correct it', { faults });
  expect(describeError(error, masker, false, 80)).toBe(
    [
      'driftgate: not a collection: /a: is {{token}}; /b: no; /c: no; and 1 more, c.json,',
      '  correct it',
      '  /a: is {{token}}',
      '  /b: no',
      '  /c: no',
      '  /d: no',
    ]
      .join('\n')
      .replace('c.json,\n  correct it', '\n  c.json, correct it')
      .replace(', \n', ',\n'),
  );
});

test('what is broken into lines is no command to a CI system', () => {
  const text = at80(new UsageError(`${'x'.repeat(70)} ::set-env name=A::b`, '::error::', '##[group]x'));
  expect(text).not.toMatch(/^\s*::/m);
  expect(text).not.toContain('##[');
});
