import type { Severity } from '../../findings/kinds';
import { groupFlaky, SEVERITY_ORDER } from '../group';
import type { Outcome, Ratio, Report } from '../report';
import { Mark, Sign } from './parts';

const OUTCOMES: readonly Outcome[] = ['passed', 'failed', 'skipped'];

/** How many requests and findings of each kind there are, and how much of the documentation was tested. */
export function Counts({ report }: { report: Report }) {
  const { summary, coverage } = report;
  const flaky = groupFlaky(report).length;
  let x = 0;
  const bars = OUTCOMES.map((outcome) => {
    const width = summary.requests > 0 ? (summary[outcome] / summary.requests) * 1000 : 0;
    const bar = <rect key={outcome} class={outcome} x={x} y="0" width={width} height="10" />;
    x += width;
    return bar;
  });
  const one = (word: Outcome | Severity) => (
    <li key={word} class={summary[word] > 0 ? word : 'zero'}>
      <Sign of={word} /> <b>{summary[word]}</b> {word}
    </li>
  );
  const words = OUTCOMES.map((outcome) => `${summary[outcome]} ${outcome}`).join(', ');
  return (
    <div class="numbers-of-run">
      <svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" role="img" aria-label={words}>
        {bars}
      </svg>
      <ul class="counts" aria-label="Requests">
        <li>
          <b>{summary.requests}</b> request{summary.requests === 1 ? '' : 's'}:
        </li>
        {OUTCOMES.map(one)}
        {flaky > 0 && (
          <li class="degraded">
            <Mark>↻</Mark> <b>{flaky}</b> flaky
          </li>
        )}
      </ul>
      <ul class="counts" aria-label="Findings">
        <li>Findings:</li>
        {SEVERITY_ORDER.map(one)}
        {summary.failedAssertions !== undefined && (
          <li class="failed">
            <Sign of="failed" /> <b>{summary.failedAssertions}</b> failed assertion
            {summary.failedAssertions === 1 ? '' : 's'}
          </li>
        )}
        {summary.accepted !== undefined && (
          <li>
            <Mark>~</Mark> <b>{summary.accepted}</b> accepted
          </li>
        )}
      </ul>
      {coverage !== undefined && (
        <ul class="counts" aria-label="Coverage">
          <li>Tested:</li>
          <Share of={coverage.requests} what="requests" />
          <Share of={coverage.statuses} what="statuses" />
          <Share of={coverage.properties} what="properties" />
        </ul>
      )}
    </div>
  );
}

/** A ratio in percent, rounded down as the terminal has it. */
function Share({ of: { all, covered, ratio }, what }: { of: Ratio; what: string }) {
  if (ratio === null) return <li class="zero">no {what}</li>;
  return (
    <li title={`${covered} of ${all}`}>
      <b>{Math.floor(ratio * 100)} %</b> of {what}
    </li>
  );
}
