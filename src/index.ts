/** The public names of the engine, one by one. */
export type { Collection, CollectionRequest, Example } from './collection/model';
export { type Config, type RequestSettings, readConfig } from './config/config';
export { checkExchange } from './contract/check';
export { SchemaStore } from './contract/store';
export { type EmbeddedServer, openProject, type Project, type ProjectOptions } from './engine/project';
export { createRunner, type RunRequest, runContract } from './engine/run';
export { type FlowResponse, Session } from './engine/session';
export { DriftgateError } from './errors';
export type { Exchange } from './exchange/exchange';
export { type Finding, findingId } from './findings/finding';
export { FINDING_KINDS, type FindingKind, type Severity } from './findings/kinds';
export { type Plan, type PlannedRequest, planRun } from './plan/plan';
export type { Selection } from './plan/selection';
export { exitCodeOf } from './report/build';
export { toHtml } from './report/html';
export type { Outcome, Report, ReportRequest, Verdict } from './report/report';
export { default as reportSchema } from './report/report.schema.json';
export type { Runner, RunnerName, RunOutcome } from './runner/runner';
