import { counted, groupFlaky } from '../group';
import type { Entry, Model } from './model';
import { Mark } from './parts';
import { say, sayLine } from './say';

/** As many of each as are read before the list. */
const MOST = 5;

/** What changes no verdict and is worth knowing: what needed a retry, what went wrong beside the run, what to tidy up. */
export function Noted({ model, show }: { model: Model; show: (entry: Entry) => void }) {
  const { warnings = [], unusedAcceptances: unused = [] } = model.report;
  const flaky = groupFlaky(model.report);
  if (flaky.length + warnings.length + unused.length === 0) return null;
  const more = [flaky, warnings, unused].reduce((sum, { length }) => sum + Math.max(0, length - MOST), 0);
  return (
    <section class="noted" aria-labelledby="noted">
      <h2 id="noted">Also noted</h2>
      <ul>
        {warnings.slice(0, MOST).map((warning, at) => (
          <li key={`w${at}`} class="degraded">
            <Mark>!</Mark> <span class="word">warning</span> {say(warning, 500)}
          </li>
        ))}
        {flaky.slice(0, MOST).map(({ key, attempts }) => (
          <li key={`f${key}`} class="degraded">
            <Mark>↻</Mark> <span class="word">flaky</span>{' '}
            <Opening of={model.entryOf.get(key)} name={key} show={show} /> passed only at attempt {attempts}
          </li>
        ))}
        {unused.slice(0, MOST).map(({ kind, key, pointer, reason }, at) => (
          <li key={`u${at}`}>
            <Mark>~</Mark> <span class="word">accepted</span> for nothing, remove it: {kind} {sayLine(key)}{' '}
            <code>{sayLine(pointer)}</code> ({say(reason, 200)})
          </li>
        ))}
      </ul>
      {more > 0 && <p class="soft">{counted(more, 'more note')} in report.json.</p>}
    </section>
  );
}

function Opening({
  of: entry,
  name,
  show,
}: {
  of: Entry | undefined;
  name: string;
  show: (entry: Entry) => void;
}) {
  if (entry === undefined) return <b>{sayLine(name)}</b>;
  return (
    <button type="button" class="name" onClick={() => show(entry)}>
      {sayLine(name)}
    </button>
  );
}
