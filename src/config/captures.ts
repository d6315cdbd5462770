import { ConfigError } from '../errors';
import { formatPointer } from '../json-pointer';
import { seeDocument } from './unknown-key';

/**
 * Where a variable is taken from in a response.
 *
 * Shape: one of `pointer` (JSON Pointer into the body), `header` and `cookie`, or none of them and a `regex`, which then
 *        searches the text of the body; beside one of them, `regex` takes a part out of its value. `group` is what of the
 *        match is the value: a number or a name. `default` is the value where nothing is found; a capture that is not
 *        `required` may find nothing.
 */
export interface CaptureSource {
  readonly pointer?: string;
  readonly header?: string;
  readonly cookie?: string;
  readonly regex?: string;
  readonly group?: number | string;
  readonly default?: string;
  readonly required?: boolean;
}

/** Request key → variable → where its value is. */
export type Captures = Readonly<Record<string, Readonly<Record<string, CaptureSource>>>>;

/** A capture's regular expression, with the flags that all have. Errors: SyntaxError. */
export function patternOf(regex: string): RegExp {
  return new RegExp(regex, 'du');
}

/**
 * Holds every regular expression of the captures to be one, with the group that is asked for.
 *
 * Errors: ConfigError with the JSON Pointer of the first fault.
 */
export function checkCaptures(captures: Captures, file: string): void {
  for (const [key, variables] of Object.entries(captures)) {
    for (const [name, source] of Object.entries(variables)) {
      const fault = faultOf(source);
      if (fault === null) continue;
      const pointer = formatPointer(['captures', key, name, fault.at]);
      throw new ConfigError(`${pointer} ${fault.text}`, file, seeDocument());
    }
  }
}

function faultOf({ regex, group }: CaptureSource): { at: 'regex' | 'group'; text: string } | null {
  if (regex === undefined) return null;
  let groups: RegExpExecArray | null;
  try {
    patternOf(regex);
    // With an empty alternative it matches anything, and the match has a place for each of its groups.
    groups = patternOf(`${regex}|`).exec('');
  } catch (error) {
    return { at: 'regex', text: `is no regular expression: ${(error as SyntaxError).message}` };
  }
  if (group === undefined) return null;
  const isThere =
    typeof group === 'number' ? group < (groups?.length ?? 0) : Object.hasOwn(groups?.groups ?? {}, group);
  return isThere ? null : { at: 'group', text: `is no group of ${regex}` };
}
