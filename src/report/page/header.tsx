import { asidesOf, counted, type FailureGroup, SIGNS } from '../group';
import type { NotedGroup } from '../page-data';
import type { Report } from '../report';
import { leadOf, partialNote } from '../verdict-words';
import { Counts } from './counts';
import type { Entry, Model } from './model';
import { Noted } from './noted';
import { Origins } from './origins';
import { Fact, Sign } from './parts';
import { capital, say, sayDay, sayDuration, sayLine, sayMoment } from './say';
import { ThemeButton } from './theme';
import { VerdictStrip } from './verdict-strip';

/** As many causes as are read before anything else; the list has them all. */
const FIRST_CAUSES = 5;

/** The first screen: the verdict, when, where and against what, and what is breaking. */
export function Header({ model, show }: { model: Model; show: (entry: Entry) => void }) {
  const { report } = model;
  const { run, collection, verdict } = report;
  const shard = run.shard === undefined ? '' : `, shard ${sayLine(run.shard)} only`;
  const asides = asidesOf(report);
  const partial = partialNote(run);
  return (
    <header class="top">
      <div class={`verdict ${verdict}`}>
        <span class="seal" aria-hidden="true">
          {SIGNS[verdict]}
        </span>
        <div>
          <h1>{capital(verdict)}</h1>
          <p>{leadOf(report)}</p>
        </div>
        <ThemeButton />
      </div>
      <div class="inside">
        <dl class="facts">
          <Fact name="When">
            {sayMoment(run.startedAt, true)}
            <span class="soft line2">took {sayDuration(run.durationMs)}</span>
          </Fact>
          <Fact name="Where">
            {run.environment === '' ? 'no environment' : sayLine(run.environment)}
            <code class="soft line2">{sayLine(run.target)}</code>
          </Fact>
          <Fact name="Collection">
            {sayLine(collection.name)}
            <span class="soft line2">
              <Version collection={collection} />
            </span>
          </Fact>
          <Fact name="Run">
            {sayLine(run.runner)}
            {shard}
            <code class="soft line2">{sayLine(run.id)}</code>
          </Fact>
        </dl>
        {collection.reconstruction === true && (
          <p class="note">
            The collection is a reconstruction, not the published file itself: compare a finding with what is
            published before you call it drift.
          </p>
        )}
        {partial !== null && <p class="note">{partial}</p>}
        <Causes model={model} show={show} />
        {report.origins !== undefined && report.origins.length > 0 && <Origins origins={report.origins} />}
        <Noted model={model} show={show} />
        <Counts report={report} />
        {asides.length > 0 && <p class="soft">Not counted: {asides.join(', ')}.</p>}
        {model.history.length > 0 && <VerdictStrip model={model} />}
      </div>
    </header>
  );
}

function Version({ collection }: { collection: Report['collection'] }) {
  const { publishedId, versionTag, publishDate, sha256 } = collection;
  const parts = [
    versionTag === undefined ? 'untagged' : `version ${sayLine(versionTag)}`,
    ...(publishDate === undefined ? [] : [`published ${sayDay(publishDate)}`]),
    ...(publishedId === undefined ? [] : [`id ${sayLine(publishedId)}`]),
  ];
  return (
    <>
      {parts.join(', ')}, sha256 <code>{sayLine(sha256).slice(0, 12)}</code>
    </>
  );
}

type Cause = NotedGroup | FailureGroup;

/** What is said under one heading: nothing that nobody notices stands among what breaks somebody. */
interface Chapter {
  readonly id: string;
  readonly title: string;
  readonly causes: readonly Cause[];
}

/** What happened, the worst first; of each no more than is read before anything else. */
function chaptersOf({ findings, failures }: Model): { chapters: Chapter[]; more: number } {
  const of = (severity: NotedGroup['severity']) => findings.filter((one) => one.severity === severity);
  const [breaking, degraded] = [of('breaking'), of('degraded')];
  const all: Chapter[] = [
    {
      id: 'breaking',
      title: breaking.length > 0 ? 'What is breaking' : 'What failed',
      causes: [...breaking, ...failures],
    },
    { id: 'down', title: 'What is down', causes: of('down') },
    { id: 'degraded', title: titleOfDegraded(degraded), causes: degraded },
    { id: 'added', title: 'What was added', causes: of('additive') },
  ];
  let left = FIRST_CAUSES;
  const chapters = all.flatMap((chapter) => {
    const causes = chapter.causes.slice(0, left);
    left -= causes.length;
    return causes.length === 0 ? [] : [{ ...chapter, causes }];
  });
  return { chapters, more: Math.max(0, findings.length + failures.length - FIRST_CAUSES) };
}

function titleOfDegraded(degraded: readonly NotedGroup[]): string {
  const expiring = degraded.filter(({ kind }) => kind === 'certificate-expiring').length;
  if (expiring === 0) return 'What is slow';
  return expiring === degraded.length ? 'What runs out soon' : 'What is degraded';
}

function quietOf({ report, findings }: Model): string {
  const { passed, requests, skipped, accepted } = report.summary;
  if (requests === 0) return 'No request was made.';
  const all =
    passed === requests ? `All ${counted(requests, 'request')}` : `${passed} of ${requests} requests`;
  const rest = skipped > 0 ? '; what was skipped is below' : '';
  const but = accepted === undefined ? '' : ', but for what is accepted';
  const none = findings.length === 0 && accepted === undefined ? 'No findings. ' : '';
  return `${none}${all} did what is published${but}${rest}.`;
}

function Causes({ model, show }: { model: Model; show: (entry: Entry) => void }) {
  const { chapters, more } = chaptersOf(model);
  if (chapters.length === 0) return <p class="quiet">{quietOf(model)}</p>;
  return (
    <>
      {chapters.map(({ id, title, causes }) => (
        <section key={id} class="causes" aria-labelledby={`what-${id}`}>
          <h2 id={`what-${id}`}>{title}</h2>
          <ol>
            {causes.map((cause, at) => (
              <CauseLine key={at} cause={cause} model={model} show={show} />
            ))}
          </ol>
        </section>
      ))}
      {more > 0 && <p class="soft">{counted(more, 'more cause')} in the list below.</p>}
    </>
  );
}

function CauseLine({ cause, model, show }: { cause: Cause; model: Model; show: (entry: Entry) => void }) {
  const entry = model.entryOf.get(cause.key);
  const isFinding = 'severity' in cause;
  const word = isFinding ? cause.severity : 'failed';
  return (
    <li class={word}>
      <button type="button" class="cause" disabled={entry === undefined} onClick={() => entry && show(entry)}>
        <Sign of={word} />
        <span class="word">{word}</span>
        <span class="name">{sayLine(cause.key)}</span>
        <span class="why">
          {isFinding ? (
            <>
              <b>{cause.kind}</b> {cause.pointer === '' ? '' : <code>{sayLine(cause.pointer)}</code>}
              {cause.count > 1 ? `, ${counted(cause.count, 'place')}` : ''}
              <span class="pair">
                {' '}
                expected {sayLine(cause.expected)}, received {sayLine(cause.actual)}
              </span>
              {cause.hint !== undefined && cause.hint !== '' && (
                <span class="hint">{sayLine(cause.hint)}</span>
              )}
            </>
          ) : (
            <>
              <b>{sayLine(cause.name)}</b> {say(cause.error ?? '', 200)}
            </>
          )}
        </span>
        <span class="since">
          <Since cause={cause} startedAt={model.report.run.startedAt} />
        </span>
      </button>
    </li>
  );
}

/** Since when a finding stands; nothing where no history says so. */
export function Since({ cause, startedAt }: { cause: Cause; startedAt: string }) {
  const firstSeen = 'firstSeen' in cause ? cause.firstSeen : undefined;
  if (firstSeen === undefined) return null;
  return firstSeen === startedAt ? <>new in this run</> : <>since {sayMoment(firstSeen)}</>;
}
