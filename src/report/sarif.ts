import { createHash } from 'node:crypto';
import type { Log, ReportingDescriptor, Result, Run } from 'sarif';
import { placeOf } from '../findings/finding';
import { FINDING_KINDS, type Severity } from '../findings/kinds';
import { type Adviser, adviserOf, remedyOf } from './advice';
import { firstLine } from './escape';
import { counted, type FailureGroup, type FindingGroup, groupFailures, groupFindings } from './group';
import { lockPlaceOf, type RepositoryPlace, schemaPlaceOf } from './place';
import { ASSERTION_FAILED, findingText, plainText } from './problem';
import type { Report } from './report';
import { partialNote } from './verdict-words';

/** GitHub takes no more of one file. */
const MOST_RESULTS = 5000;

const LEVELS: Readonly<Record<Severity, Result.level>> = {
  breaking: 'error',
  down: 'error',
  degraded: 'warning',
  additive: 'note',
};

const RULES: ReportingDescriptor[] = [
  ...FINDING_KINDS.map(({ kind, severity, when }) => ({
    id: kind,
    shortDescription: { text: when },
    defaultConfiguration: { level: LEVELS[severity] },
  })),
  {
    id: ASSERTION_FAILED,
    shortDescription: { text: 'a failed assertion of the collection itself' },
    defaultConfiguration: { level: 'error' },
  },
];

/**
 * The report as SARIF 2.1.0: a result a finding, however many runners and iterations saw it (`occurrenceCount`), and one a
 * failed assertion.
 *
 * Its fingerprint is the finding's identity, so that whoever keeps results knows tomorrow's for the same.
 */
export function toSarif(report: Report): string {
  const { run, collection, verdict, summary } = report;
  const advise = adviserOf(report);
  const all = [
    ...groupFindings(report).map((group) => findingResult(group, report, advise)),
    ...groupFailures(report).map((group) => failureResult(group, report)),
  ];
  const left = all.length - MOST_RESULTS;
  const note = partialNote(run);
  const notes = [
    note === null ? null : plainMessage(note),
    left > 0 ? `${counted(left, 'more result')} in report.json` : null,
    ...(report.warnings ?? []).map((warning) => plainMessage(plainText(warning))),
  ].filter((text) => text !== null);
  const times = timesOf(run);
  const sarif: Run = {
    tool: { driver: { name: 'driftgate', rules: RULES } },
    automationDetails: { id: `driftgate/${plainText(collection.name)}/${plainText(run.environment)}` },
    invocations: [
      {
        executionSuccessful: note === null,
        ...times,
        ...(notes.length > 0 && {
          toolExecutionNotifications: notes.map((text) => ({ level: 'warning' as const, message: { text } })),
        }),
      },
    ],
    columnKind: 'utf16CodeUnits',
    results: all.slice(0, MOST_RESULTS),
    properties: { verdict, summary, ...(run.interrupted === true && { interrupted: true }) },
  };
  const log: Log = {
    version: '2.1.0',
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    runs: [sarif],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function findingResult(group: FindingGroup, report: Report, advise: Adviser): Result {
  const { key, status, kind } = group;
  const remedy = remedyOf(advise(group));
  return {
    ...resultOf(kind, LEVELS[group.severity], [key, status, kind, placeOf(group)], group.rows, [
      `${plainText(key)}: ${findingText(group)}`,
      ...(remedy === null ? [] : [plainText(remedy)]),
    ]),
    locations: [locationOf(schemaPlaceOf(group) ?? lockPlaceOf(report), key)],
    properties: {
      severity: group.severity,
      runners: group.runners.map((runner) => plainText(runner)),
      ...(group.aside !== null && { aside: group.aside }),
    },
  };
}

function failureResult(group: FailureGroup, report: Report): Result {
  const { key, name, error } = group;
  return {
    ...resultOf(ASSERTION_FAILED, 'error', [key, ASSERTION_FAILED, name], group.rows, [
      `${plainText(key)}: failed: ${plainText(name)}`,
      ...(error === undefined ? [] : [plainText(firstLine(error))]),
    ]),
    locations: [locationOf(lockPlaceOf(report), key)],
    properties: {
      runners: group.runners.map((runner) => plainText(runner)),
      ...(group.aside !== null && { aside: group.aside }),
    },
  };
}

function resultOf(
  ruleId: string,
  level: Result.level,
  identity: readonly unknown[],
  occurrenceCount: number,
  lines: readonly string[],
): Result {
  const fingerprint = createHash('sha256').update(JSON.stringify(identity)).digest('hex');
  return {
    ruleId,
    ruleIndex: RULES.findIndex(({ id }) => id === ruleId),
    level,
    message: { text: plainMessage(lines.join('\n')) },
    partialFingerprints: { 'driftgate/v1': fingerprint },
    occurrenceCount,
  };
}

function locationOf({ file, line }: RepositoryPlace, key: string): NonNullable<Result['locations']>[number] {
  return {
    physicalLocation: {
      artifactLocation: { uri: encodeURI(file), uriBaseId: '%SRCROOT%' },
      region: { startLine: line },
    },
    logicalLocations: [{ fullyQualifiedName: plainText(key), kind: 'request' }],
  };
}

/** In a message `[text](target)` is a link and `{0}` a placeholder: what an API answers is neither. */
function plainMessage(text: string): string {
  return text.replaceAll('](', '] (').replace(/\{(?=\d+\})/g, '{ ');
}

function timesOf({ startedAt, durationMs }: Report['run']): { startTimeUtc?: string; endTimeUtc?: string } {
  const start = Date.parse(startedAt);
  if (!Number.isFinite(start)) return {};
  return {
    startTimeUtc: new Date(start).toISOString(),
    endTimeUtc: new Date(start + durationMs).toISOString(),
  };
}
