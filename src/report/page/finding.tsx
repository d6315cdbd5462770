import { placeOf } from '../../findings/finding';
import { counted } from '../group';
import type { NotedGroup } from '../page-data';
import type { ReportRequest } from '../report';
import { diffLines } from './diff-lines';
import { Since } from './header';
import { Copy, Fact, Sign } from './parts';
import { capital, say, sayLine } from './say';

/** The body that a finding was made in and its pointer there, where the report keeps them. */
function sightingOf(group: NotedGroup, rows: readonly ReportRequest[]): { pointer: string; body: unknown } {
  for (const { findings, detail, status } of rows) {
    const same = findings.find((one) => one.kind === group.kind && placeOf(one) === placeOf(group));
    const text = detail?.response?.body?.text;
    if (same === undefined || text === undefined || status !== group.status) continue;
    try {
      return { pointer: same.pointer, body: JSON.parse(text) as unknown };
    } catch {
      // A body that was cut, or no JSON: the path alone has to do.
    }
  }
  return { pointer: group.pointer, body: undefined };
}

function schemaPlace({ schema = '', schemaLine }: NotedGroup): string {
  const [file = '', pointer = ''] = schema.split('#');
  const line = schemaLine === undefined ? '' : `:${schemaLine}`;
  return `${file}${line}${pointer === '' ? '' : `  #${pointer}`}`;
}

/** One finding: what differs and where, by which line of the schema, on what evidence, and what settles it. */
export function Finding({
  group,
  rows,
  startedAt,
}: {
  group: NotedGroup;
  rows: readonly ReportRequest[];
  startedAt: string;
}) {
  const { pointer, body } = sightingOf(group, rows);
  const lines = diffLines({ ...group, pointer }, body);
  const place =
    group.pointer !== '' ? group.pointer : group.status === null ? 'no response' : 'whole response';
  return (
    <article class={`finding ${group.severity}`}>
      <h3>
        <Sign of={group.severity} /> {capital(group.severity)}: {group.kind}
      </h3>
      <p class="place">
        <code>{say(place, 2_000)}</code>
        {group.count > 1 && `, ${counted(group.count, 'place')}`}
        {group.status !== null && `, status ${group.status}`}, seen by {group.runners.map(sayLine).join(', ')}
        {group.firstSeen !== undefined && ', '}
        <Since cause={group} startedAt={startedAt} />
      </p>
      {group.message !== '' && <p>{say(group.message, 4_000)}</p>}
      {group.hint !== undefined && group.hint !== '' && (
        <p class="hint">{capital(say(group.hint, 1_000))}.</p>
      )}
      <pre class="diff">
        {lines.map(({ sign, depth, text, note }, at) => (
          <span key={at} class={sign === '-' ? 'minus' : sign === '+' ? 'plus' : 'same'}>
            {sign === '-' && <span class="unseen">expected: </span>}
            {sign === '+' && <span class="unseen">received: </span>}
            {`${sign} ${'  '.repeat(depth)}${text}`}
            {note !== undefined && <i> {note}</i>}
            {'\n'}
          </span>
        ))}
      </pre>
      <dl class="facts">
        {group.schema !== undefined && (
          <Fact name="Schema" wide>
            <code>{say(schemaPlace(group), 2_000)}</code>
          </Fact>
        )}
        {group.keyword !== undefined && (
          <Fact name="Keyword">
            <code>{sayLine(group.keyword)}</code>
          </Fact>
        )}
        {group.samples !== undefined && <Fact name="Rests on">{counted(group.samples, 'sample')}</Fact>}
      </dl>
      {group.commands?.map(({ when, text }) => (
        <div class="command" key={text}>
          <span class="soft">{capital(sayLine(when))}</span>
          <pre>{say(text, 4_000)}</pre>
          <Copy text={text} what="command" />
        </div>
      ))}
    </article>
  );
}
