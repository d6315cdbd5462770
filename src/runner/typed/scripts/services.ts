import type { RunContext } from '../../runner';
import { type CookieJar, newJar } from '../cookie-jar';
import { deliveryOf } from '../delivery';
import { postmanLibraries } from '../postman-libraries';
import { type Sender, sendFollowing } from '../send';
import { responseJson, sendSigned } from '../sign';
import type { ScriptServices } from './host';

/** Newman sends the body of any method when a script gives one. */
const FROM_SCRIPTS = { disableBodyPruning: true };

/**
 * What the scripts of one request may ask for. They reach allowed hosts only; `onRefused` hears of every other. Once
 * the run is stopped they send nothing more.
 */
export function scriptServices(
  context: RunContext,
  sender: Sender,
  key: string,
  { onRefused, isStopped }: { readonly onRefused: (text: string) => void; readonly isStopped: () => boolean },
): ScriptServices & { cookiesOf(url: string): Promise<object[]> } {
  const jar = (): CookieJar => {
    sender.cookies.jar ??= newJar();
    return sender.cookies.jar;
  };
  const cookiesOf = async (url: string): Promise<object[]> =>
    sender.cookies.jar === null
      ? []
      : (await jar().getCookies(url)).map((cookie) => ({ ...cookie.toJSON(), name: cookie.key }));
  return {
    cookiesOf,
    cookieStore: () => jar().store,
    onSet: (name, value) => {
      if (typeof value === 'string') context.onScriptSet(name, value);
    },
    sendRequest: async (json) => {
      const { sdk } = postmanLibraries();
      const made = new sdk.Item({ request: json });
      const item = { item: made, auth: made.request.auth ?? null, behavior: FROM_SCRIPTS };
      const start = performance.now();
      const { response, sent, isEndless } = await sendSigned(item, {
        key,
        directory: context.directory,
        send: (wire) => {
          if (isStopped()) throw new Error('the run was stopped');
          const { host } = new URL(wire.url);
          if (!context.guard.allows(new URL(wire.url))) {
            onRefused(`a script may not reach ${host}`);
            throw new Error(`${host} is not an allowed host`);
          }
          return sendFollowing(sender, wire, context.timeoutMs, deliveryOf(FROM_SCRIPTS));
        },
      });
      if (isEndless === true) throw new Error('Exceeded maxRedirects. Probably stuck in a redirect loop');
      return {
        response: responseJson(response, performance.now() - start),
        cookies: await cookiesOf(sent.url),
      };
    },
  };
}
