import { counted } from '../group';
import type { ReportCredential, ReportOrigin } from '../report';
import { Sign } from './parts';
import { sayDay, sayDuration, sayLine } from './say';

/** As many as say enough on a first screen; those that are in trouble come first. */
const MOST = 5;
const STATES = ['down', 'degraded', 'healthy'] as const;
type State = (typeof STATES)[number];

function stateOf({ failure, certificate, credentials = [] }: ReportOrigin): State {
  if (failure !== undefined || credentials.some(({ refused }) => refused === true)) return 'down';
  return certificate?.expiring === true ? 'degraded' : 'healthy';
}

/** What a health check saw of each origin before its first request: name, connection, certificate, credentials. */
export function Origins({ origins }: { origins: readonly ReportOrigin[] }) {
  const sorted = origins
    .map((origin) => ({ origin, state: stateOf(origin) }))
    .sort((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state));
  const more = sorted.length - MOST;
  return (
    <section class="origins" aria-labelledby="origins">
      <h2 id="origins">Before the first request</h2>
      <ul>
        {sorted.slice(0, MOST).map(({ origin, state }, at) => (
          <li key={at} class={state}>
            <Sign of={state} /> <code>{sayLine(origin.origin)}</code>{' '}
            <span class="soft">{partsOf(origin).join(' · ')}</span>
          </li>
        ))}
      </ul>
      {more > 0 && <p class="soft">{counted(more, 'more origin')} in report.json.</p>}
    </section>
  );
}

function partsOf(origin: ReportOrigin): string[] {
  const { address, connectMs, certificate, failure, credentials = [] } = origin;
  const isProxied = address === undefined && failure === undefined;
  return [
    ...(failure === undefined ? [] : [`cannot be used: ${sayLine(failure)}`]),
    ...(isProxied ? ['through a proxy'] : []),
    ...(address === undefined ? [] : [`connected to ${sayLine(address)} in ${sayDuration(connectMs ?? 0)}`]),
    ...(certificate === undefined ? [] : [certificateText(certificate)]),
    ...credentials.map(credentialText),
  ];
}

function certificateText({ validTo, daysLeft }: NonNullable<ReportOrigin['certificate']>): string {
  const until = sayDay(validTo);
  if (daysLeft < 0) return `certificate ran out on ${until}`;
  return `certificate for ${counted(daysLeft, 'day')}, until ${until}`;
}

function credentialText({ variables, status, refused }: ReportCredential): string {
  const names = variables.map((name) => `{{${sayLine(name)}}}`).join(', ');
  const which = names === '' ? 'credentials' : names;
  if (refused === true) return `${which} refused (${status ?? 'no answer'})`;
  return status === null ? `${which} not answered` : `${which} answered ${status}`;
}
