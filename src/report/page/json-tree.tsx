import { useState } from 'preact/hooks';
import { formatPointer } from '../../json-pointer';
import { Tag } from './parts';
import { say, sayLines } from './say';

/** So many levels are open at first; below them only the way to a finding is. */
const OPEN_LEVELS = 2;
/** So many items of one value are shown; a body is 16 KiB at most. */
const MOST_ITEMS = 500;

/** A body as a tree where it is JSON, else as its text. */
export function Body({ text, pointers }: { text: string; pointers: readonly string[] }) {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return <pre>{sayLines(text)}</pre>;
  }
  return (
    <div class="tree">
      <Node name={null} value={value} path={[]} pointers={pointers} />
    </div>
  );
}

interface NodeProps {
  readonly name: string | null;
  readonly value: unknown;
  readonly path: readonly string[];
  readonly pointers: readonly string[];
}

function Node({ name, value, path, pointers }: NodeProps) {
  const pointer = formatPointer(path);
  const isMarked = pointer !== '' && pointers.includes(pointer);
  const leads = pointers.some((one) => one.startsWith(`${pointer}/`));
  const [isOpen, setOpen] = useState(path.length < OPEN_LEVELS || leads);
  const label = name === null ? '' : `${say(name, 500)}: `;
  const mark = isMarked ? 'marked' : '';
  if (typeof value !== 'object' || value === null)
    return (
      <div class={mark}>
        <b>{label}</b>
        <span class={value === null ? 'null' : typeof value}>{say(JSON.stringify(value))}</span>
        {isMarked && <Tag>finding</Tag>}
      </div>
    );
  const items = Object.entries(value);
  const [opening, closing] = Array.isArray(value) ? '[]' : '{}';
  if (items.length === 0)
    return (
      <div class={mark}>
        <b>{label}</b>
        {opening}
        {closing}
      </div>
    );
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary class={mark}>
        <b>{label}</b>
        {opening} <span class="soft">{items.length}</span> {closing}
        {isMarked && <Tag>finding</Tag>}
      </summary>
      {isOpen && (
        <div class="inner">
          {items.slice(0, MOST_ITEMS).map(([key, inner]) => (
            <Node key={key} name={key} value={inner} path={[...path, key]} pointers={pointers} />
          ))}
          {items.length > MOST_ITEMS && <p class="soft">… {items.length - MOST_ITEMS} more</p>}
        </div>
      )}
    </details>
  );
}
