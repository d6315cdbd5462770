import type { FindingGroup } from './group';
import type { Report, Verdict } from './report';

/**
 * One earlier run, as far as the HTML report shows it.
 *
 * Units: `startedAt` is RFC 3339 in UTC; `requests` has the duration of each request key in milliseconds.
 */
export interface HistoryRun {
  readonly startedAt: string;
  readonly verdict: Verdict;
  readonly requests: Readonly<Record<string, number>>;
}

/** What helps with one finding: where to look first, and commands that settle it. */
export interface Advice {
  readonly hint?: string;
  readonly commands?: readonly { readonly when: string; readonly text: string }[];
}

/** What the HTML report can show besides the report itself. `history` is in order of time, without this run. */
export interface HtmlExtras {
  readonly history?: readonly HistoryRun[];
}

/** What a finding may say besides: since when it stands, its line in the schema, its evidence, and what to do. */
export interface FindingNotes extends Advice {
  readonly firstSeen?: string;
  readonly schemaLine?: number;
  readonly keyword?: string;
  readonly samples?: number;
}

/** A group of findings with what they may say besides. */
export type NotedGroup = FindingGroup & FindingNotes;

/** What the page is given: the report, the advice in its findings, and earlier runs. */
export interface PageData {
  readonly report: Report;
  readonly history?: readonly HistoryRun[];
}
