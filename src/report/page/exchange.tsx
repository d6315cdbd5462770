import { useState } from 'preact/hooks';
import type { NotedGroup } from '../page-data';
import type { ReportBody, ReportHeader, ReportRequest } from '../report';
import { Body } from './json-tree';
import { Reproduce } from './reproduce';
import { say, sayDuration, sayLine, saySize } from './say';

function nameOf({ runner, iteration, repeat, status }: ReportRequest): string {
  const turn = [
    iteration === undefined ? '' : `, iteration ${iteration}`,
    repeat === undefined ? '' : `, time ${repeat}`,
  ];
  return `${sayLine(runner)}${turn.join('')}: ${status ?? 'no response'}`;
}

/** What was sent and what came back, of one row at a time. */
export function Exchange({
  rows,
  findings,
}: {
  rows: readonly ReportRequest[];
  findings: readonly NotedGroup[];
}) {
  const [at, setAt] = useState(0);
  const row = rows[at] ?? rows[0];
  if (row?.detail === undefined) return null;
  const { request, response } = row.detail;
  const pointers = row.findings.map(({ pointer }) => pointer);
  return (
    <div class="exchange">
      {rows.length > 1 && (
        <label class="which">
          Request and response of{' '}
          <select value={at} onChange={(event) => setAt(Number(event.currentTarget.value))}>
            {rows.slice(0, 200).map((one, index) => (
              <option key={index} value={index}>
                {nameOf(one)}
              </option>
            ))}
          </select>
        </label>
      )}
      <h3>Response</h3>
      {response === undefined ? (
        <p>No response came. {say(findings[0]?.message ?? '', 1_000)}</p>
      ) : (
        <Message
          key={`response ${at}`}
          title={`${response.status} ${sayLine(response.statusText)}, ${sayDuration(row.durationMs)}`}
          headers={response.headers}
          body={response.body}
          pointers={pointers}
        />
      )}
      <h3>Request</h3>
      <Message
        key={`request ${at}`}
        title={`${sayLine(request.method)} ${say(request.url, 8_000)}`}
        headers={request.headers}
        body={request.body}
        pointers={[]}
      />
      <Reproduce request={request} />
    </div>
  );
}

interface MessageProps {
  readonly title: string;
  readonly headers: readonly ReportHeader[];
  readonly body: ReportBody | undefined;
  readonly pointers: readonly string[];
}

function Message({ title, headers, body, pointers }: MessageProps) {
  return (
    <>
      <p>
        <code>{title}</code>
      </p>
      <details>
        <summary>
          Headers <span class="soft">{headers.length}</span>
        </summary>
        <dl class="headers">
          {headers.map(({ name, value }, at) => (
            <div key={at}>
              <dt>{sayLine(name)}</dt>
              <dd>{say(value, 2_000)}</dd>
            </div>
          ))}
        </dl>
      </details>
      {body === undefined ? (
        <p class="soft">No body.</p>
      ) : (
        <details open>
          <summary>
            Body <span class="soft">{saySize(body.sizeBytes)}</span>
          </summary>
          {body.truncated === true && <p class="soft">The report keeps the start of it only.</p>}
          {body.binary === true ? (
            <p class="soft">It is no text.</p>
          ) : (
            <Body text={body.text ?? ''} pointers={pointers} />
          )}
        </details>
      )}
    </>
  );
}
