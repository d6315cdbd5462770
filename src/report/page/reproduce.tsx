import { useState } from 'preact/hooks';
import type { ReportDetail } from '../report';
import { LANGUAGES } from './languages';
import { Copy } from './parts';
import { sayLines } from './say';
import { snippetOf } from './snippets';

/** The request as a command or a program. What is secret has its name in braces, to be filled in. */
export function Reproduce({ request }: { request: ReportDetail['request'] }) {
  const [id, setId] = useState('curl');
  const language = LANGUAGES.find((one) => one.id === id);
  const code = language === undefined ? null : snippetOf(language, request);
  return (
    <>
      <h3>Reproduce</h3>
      <div class="reproduce">
        <select aria-label="Language" value={id} onChange={(event) => setId(event.currentTarget.value)}>
          {LANGUAGES.map((one) => (
            <option key={one.id} value={one.id}>
              {one.title}
            </option>
          ))}
        </select>
        {code !== null && <Copy text={code} what="snippet" />}
      </div>
      {code === null ? (
        <p>This request cannot be said in it.</p>
      ) : (
        <pre class="snippet">{sayLines(code, 40_000)}</pre>
      )}
      <p class="soft">
        Values in double braces are secrets: fill them in.
        {request.body?.truncated === true && ' The body is longer than the report keeps.'}
        {request.body?.binary === true && ' The body is no text, and is left out.'}
      </p>
    </>
  );
}
