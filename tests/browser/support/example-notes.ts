import { finding } from '../../../src/findings/finding';
import type { Coverage, ReportOrigin } from '../../../src/report/report';

/** What the example reports say besides their rows. */

/** An origin that can be connected to. */
export const ORIGIN: ReportOrigin = {
  origin: 'https://api.staging.example.test',
  address: '192.0.2.17',
  connectMs: 38.4,
};

/** Its certificate, which runs out, and its credentials, which are taken. */
export const TAKEN = {
  certificate: { validTo: '2026-03-13T09:00:00.000Z', daysLeft: 12, expiring: true },
  credentials: [
    {
      variables: ['api_key', 'api_secret'],
      key: 'setup-and-authentication/check-core-credentials',
      status: 200,
    },
  ],
} as const;

/** The finding that such a certificate is. */
export const EXPIRING = finding('certificate-expiring', '', {
  expected: 'at least 21 days',
  actual: '12 days',
  message: 'the certificate of https://api.staging.example.test runs out on 2026-03-13',
});

/** What a suite of this size usually covers. */
export const COVERAGE: Coverage = {
  requests: { all: 71, covered: 71, ratio: 1 },
  statuses: { all: 191, covered: 71, ratio: 0.3717 },
  properties: { all: 2410, covered: 1403, ratio: 0.5822 },
  withoutExample: [],
  withoutSchema: [],
  withoutBody: [],
  gaps: [
    {
      key: 'customers/search-customer-by-e-mail',
      statuses: [401, 404],
      properties: ['200 /user/phone', '200 /user/addresses/*/street2'],
      missing: 23,
    },
  ],
};

/** What was covered where nothing answered. */
export const NO_COVERAGE: Coverage = {
  requests: { all: 71, covered: 0, ratio: 0 },
  statuses: { all: 191, covered: 0, ratio: 0 },
  properties: { all: 0, covered: 0, ratio: null },
  withoutExample: [],
  withoutSchema: [],
  withoutBody: [],
  gaps: [],
};
