import { expectedStatus } from '../contract/check';
import { SchemaStore } from '../contract/store';
import { isOpen } from '../findings/finding';
import { readContracts, type Update, updateFrom, writeUpdate } from '../learn/update';
import { buildReport, type ResultRow } from '../report/build';
import type { Report } from '../report/report';
import type { RunnerName } from '../runner/runner';
import { basisOf } from './head';
import type { Project } from './project';
import { rowOf } from './rows';
import { type Exchanged, rowMaker } from './run';
import { refuseUntested } from './untested';

/** What a run changed in the schemas, and the report that it would have had with them. */
export interface Widened extends Update {
  readonly report: Report;
}

/**
 * What a run received that its schemas do not take, and those schemas widened by it.
 *
 * It listens to the run. Only tests of the selection are learned from, and only answers of the expected status: a failure
 * that was answered is no new contract. What is accepted is known for a while and not meant to stay. Of all other exchanges
 * nothing is kept.
 */
export class Widening {
  readonly #project: Project;
  readonly #rows: ResultRow[] = [];
  readonly #kept = new Map<ResultRow, { readonly outcome: Exchanged; readonly runner: RunnerName }>();

  constructor(project: Project) {
    this.#project = project;
  }

  /** Hears of each row. */
  row(row: ResultRow): void {
    this.#rows.push(row);
  }

  /** Hears of each exchange, before the row that it becomes. */
  exchange(outcome: Exchanged, row: ResultRow, runner: RunnerName): void {
    const { planned, exchange } = outcome;
    const isHeld = !row.row.findings.some(isOpen);
    if (planned.prerequisite || planned.cleanup || isHeld || exchange.response === null) return;
    const { status } = exchange.response;
    const expected = expectedStatus(planned, this.#project.store);
    const isMeant = expected === undefined ? status >= 200 && status < 300 : status === expected;
    if (isMeant) this.#kept.set(row, { outcome, runner });
  }

  /**
   * Widens the schemas in their folder, and holds what was received to them again.
   *
   * Errors: UsageError where they cannot be written; RunnerError where what failed hid that something could not be tested.
   */
  async widen({ run, collection: head }: Report): Promise<Widened> {
    const { collection, config, store } = this.#project;
    const contracts = readContracts(config.schemas, store.label);
    const exchanges = [...this.#kept.values()].map(({ outcome }) => outcome.exchange);
    const update = await updateFrom(collection, contracts, exchanges);
    writeUpdate(contracts, update);
    const widened = SchemaStore.load(config.schemas, store.label);
    const rows = this.#rows.map((row) => {
      const kept = this.#kept.get(row);
      if (kept === undefined) return row;
      return rowOf(kept.outcome, { ...rowMaker(this.#project, kept.runner), store: widened });
    });
    refuseUntested(rows);
    const report = buildReport({ run, collection: head }, rows, { basis: basisOf(this.#project, rows) });
    return { ...update, report };
  }
}
