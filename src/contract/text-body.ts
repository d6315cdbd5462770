import type { SaxesParser } from 'saxes';
import type { Example } from '../collection/model';
import type { ReceivedResponse } from '../exchange/exchange';
import { type Finding, finding } from '../findings/finding';
import { documentedMedia, isXmlMedia, mediaTypeFinding, receivedMedia } from './media';

/** A body that no JSON Schema describes, held to its media type, to being there, and XML to being well-formed. */
export function checkText(example: Example | undefined, { headers, body }: ReceivedResponse): Finding[] {
  const documented = documentedMedia(example);
  const media = mediaTypeFinding(documented, headers, false);
  if (media !== null) return [media];
  if (body.trim() === '') {
    const message = 'nothing where the example has a body';
    return [constraint('a body that is not empty', 'an empty body', message)];
  }
  const fault = isXmlMedia(documented ?? receivedMedia(headers)) ? xmlFault(body) : null;
  return fault === null
    ? []
    : [constraint('well-formed XML', fault, 'the body is XML that its readers will refuse')];
}

function constraint(expected: string, actual: string, message: string): Finding {
  return finding('constraint-violated', '', { expected, actual, message });
}

/** Why a text is not well-formed XML, with the line; null where it is. Source: XML 1.0, 2.1. */
export function xmlFault(text: string): string | null {
  const { SaxesParser: Parser } = require('saxes') as { SaxesParser: new () => SaxesParser };
  const parser = new Parser();
  let fault: string | null = null;
  parser.on('error', ({ message }) => {
    // "line:column: what"; the first one is the cause of the others.
    const [, line, what = message] = /^(\d+):\d+: (.*)$/s.exec(message) ?? [];
    fault ??= line === undefined ? what : `line ${line}: ${what}`;
  });
  parser.on('doctype', (doctype) => {
    for (const [, name = ''] of doctype.matchAll(/<!ENTITY\s+([^\s%]+)\s/g)) parser.ENTITIES[name] = '';
  });
  parser.write(text).close();
  return fault;
}
