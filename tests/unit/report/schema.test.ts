import Ajv2020 from 'ajv/dist/2020';
import { FINDING_KINDS } from '../../../src/findings/kinds';
import schema from '../../../src/report/report.schema.json';
import { drifted, healthy, REPORTS, row } from './reports';

const validate = new Ajv2020({ strict: true, strictTypes: true, strictRequired: false }).compile(schema);

test('knows every kind of finding and no other', () => {
  expect(schema.$defs.finding.properties.kind.enum).toEqual(FINDING_KINDS.map(({ kind }) => kind));
  expect(new Set(schema.$defs.finding.properties.severity.enum)).toEqual(
    new Set(FINDING_KINDS.map(({ severity }) => severity)),
  );
});

test.each(Object.entries(REPORTS))('accepts %s', (_, report) => {
  validate(report);
  expect(validate.errors ?? []).toEqual([]);
});

const [first] = drifted.requests;
test.each<[string, unknown]>([
  ['another version', { ...healthy, version: 2 }],
  ['an unknown verdict', { ...healthy, verdict: 'fine' }],
  ['a property it does not know', { ...healthy, extra: 1 }],
  ['a skipped row without a reason', { ...healthy, requests: [row('a', { outcome: 'skipped' })] }],
  ['a prerequisite that is false', { ...healthy, requests: [{ ...first, prerequisite: false }] }],
  [
    'a kind it does not know',
    {
      ...healthy,
      requests: [
        {
          ...first,
          findings: [
            {
              kind: 'other',
              severity: 'breaking',
              pointer: '',
              expected: '',
              actual: '',
              count: 1,
              message: '',
            },
          ],
        },
      ],
    },
  ],
  ['a count that is negative', { ...healthy, summary: { ...healthy.summary, passed: -1 } }],
])('refuses %s', (_, given) => {
  expect(validate(given)).toBe(false);
});
