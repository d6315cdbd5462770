// The goals, each as a number made of the medians of one run, and its limit.
const at = (results, name, count, latency, bytes = 2048) =>
  results.find(
    (one) =>
      one.name === name &&
      one.count === count &&
      one.latency === latency &&
      one.bytes === bytes &&
      one.files === 1,
  );

const ratio = (name, count, latency, limit, against = 'newman') => ({
  limit,
  unit: 'x',
  of: (results) => {
    const [one, other] = [at(results, name, count, latency), at(results, against, count, latency)];
    return one && other && one.ratioTo(other, 'wallMs');
  },
});
const difference = (field, one, other, limit, unit, divisor = 1) => ({
  limit,
  unit,
  of: (results) => {
    const [first, second] = [at(results, ...one), at(results, ...other)];
    return first && second && (first[field] - second[field]) / divisor;
  },
});
const perFile = (results, field, name, files) => {
  const of = (kind, count) =>
    results.find((one) => one.name === kind && one.files === count && one.count === 10);
  const slope = (kind) => {
    const [many, one] = [of(kind, files), of(kind, 1)];
    return many && one && (many[field] - one[field]) / (files - 1);
  };
  const [ours, empty] = [slope(name), slope('jest-empty')];
  return ours !== undefined && empty !== undefined ? ours - empty : undefined;
};
const manyFiles = (name, other, field) => (results) => {
  const of = (kind) => results.find((one) => one.name === kind && one.files === 8);
  const [one, two] = [of(name), of(other)];
  return one && two && one.ratioTo(two, field);
};
const value = (name, count, latency, field, limit, unit) => ({
  limit,
  unit,
  of: (results) => at(results, name, count, latency)?.[field],
});

const GOALS = {
  'G1 50 at 20 ms': ratio('typed', 50, 20, 0.18),
  'G2 500 at 0 ms': ratio('typed', 500, 0, 0.08),
  'G3 500 at 20 ms': ratio('typed', 500, 20, 0.07),
  'G4 5,000 at 0 ms': ratio('typed', 5000, 0, 0.03),
  'G5 500 at 20 ms, in sequence': ratio('serial', 500, 20, 0.52),
  'G5 over the bare client, a request': difference(
    'wallMs',
    ['serial', 500, 20],
    ['bare-serial', 500, 20],
    1,
    'ms',
    500,
  ),
  'G6 Jest, 50 at 20 ms': ratio('jest-typed', 50, 20, 0.33),
  'G6 Jest, 500 at 20 ms': ratio('jest-typed', 500, 20, 0.1),
  'G6 Jest, 500 at 0 ms': ratio('jest-typed', 500, 0, 0.15),
  'G6 Jest, 5,000 at 0 ms': ratio('jest-typed', 5000, 0, 0.05),
  'G7 Jest, 500 at 20 ms, in sequence': ratio('jest-serial', 500, 20, 0.57),
  'G8 against supertest in Jest, 50 at 0 ms, in sequence': ratio('jest-serial', 50, 0, 1, 'jest-supertest'),
  'G8 against supertest in Jest, 500 at 0 ms, in sequence': ratio('jest-serial', 500, 0, 1, 'jest-supertest'),
  'G9 CPU a further request': difference('cpuMs', ['typed', 5000, 0], ['typed', 500, 0], 0.5, 'ms', 4500),
  'G10 5,000 at 0 ms against the bare client': ratio('typed', 5000, 0, 2, 'bare'),
  'G11 peak at 5,000': value('typed', 5000, 0, 'peakMiB', 160, 'MiB'),
  'G11 peak at 5,000 in Jest': value('jest-typed', 5000, 0, 'peakMiB', 230, 'MiB'),
  'G12 peak a further request': difference(
    'peakMiB',
    ['typed', 5000, 0],
    ['typed', 500, 0],
    10,
    'KiB',
    4500 / 1024,
  ),
  'G12 peak a further request in Jest': difference(
    'peakMiB',
    ['jest-typed', 5000, 0],
    ['jest-typed', 500, 0],
    16,
    'KiB',
    4500 / 1024,
  ),
  'G13 500 bodies of 100 KB over 2 KB': difference(
    'peakMiB',
    ['typed', 500, 0, 102400],
    ['typed', 500, 0],
    40,
    'MiB',
  ),
  'G14 import': difference('wallMs', ['import', 50, 0], ['nothing', 50, 0], 70, 'ms'),
  'G14 memory of that': difference('peakMiB', ['import', 50, 0], ['nothing', 50, 0], 20, 'MiB'),
  'G15 first request, 50': value('typed', 50, 0, 'firstMs', 300, 'ms'),
  'G15 first request, 50, in Jest': value('jest-typed', 50, 0, 'firstMs', 600, 'ms'),
  'G16 a further Jest file': {
    limit: 100,
    unit: 'ms',
    of: (results) => perFile(results, 'wallMs', 'jest-typed', 8),
  },
  'G16 memory of a further Jest file': {
    limit: 10,
    unit: 'MiB',
    of: (results) => perFile(results, 'peakMiB', 'jest-typed', 8),
  },
  'N1 Newman path over the bare library in Jest, 500': ratio(
    'jest-newman-path',
    500,
    0,
    1.05,
    'jest-newman-bare',
  ),
  'N2 Newman path in Jest against the CLI, 50': ratio('jest-newman-path', 50, 0, 1.3),
  'N2 Newman path in Jest against the CLI, 500': ratio('jest-newman-path', 500, 0, 1.12),
  'N3 eight files, Newman once, against a library a file': {
    limit: 0.65,
    unit: 'x',
    of: manyFiles('jest-newman-path', 'jest-newman-bare', 'wallMs'),
  },
  'N3 memory of that': {
    limit: 0.6,
    unit: 'x',
    of: manyFiles('jest-newman-path', 'jest-newman-bare', 'peakMiB'),
  },
  'N4 Newman path, 500 bodies of 100 KB over 2 KB': difference(
    'peakMiB',
    ['newman-path', 500, 0, 102400],
    ['newman-path', 500, 0],
    40,
    'MiB',
  ),
  'peak of 5,000 bodies of 100 KB over 50': difference(
    'peakMiB',
    ['typed', 5000, 0, 102400],
    ['typed', 50, 0, 102400],
    57.2,
    'MiB',
  ),
};

module.exports = { GOALS };
