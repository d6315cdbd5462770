import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { SIGNS } from '../group';

/** A sign; what it means always stands beside it in words. */
export function Mark({ children }: { children: string }) {
  return (
    <span class="sign" aria-hidden="true">
      {children}
    </span>
  );
}

/** The sign of a word. */
export function Sign({ of }: { of: keyof typeof SIGNS }) {
  return <Mark>{SIGNS[of]}</Mark>;
}

/** A button that puts a text into the clipboard and says that it did. */
export function Copy({ text, what }: { text: string; what: string }) {
  const [said, setSaid] = useState('Copy');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('Copied');
    } catch {
      setSaid('Select and copy by hand');
    }
    setTimeout(() => setSaid('Copy'), 2_000);
  };
  return (
    <button type="button" class="copy" onClick={copy} aria-label={said === 'Copy' ? `Copy ${what}` : said}>
      {said}
    </button>
  );
}

/** A name and its value in a list of definitions. */
export function Fact({
  name,
  wide = false,
  children,
}: {
  name: string;
  wide?: boolean;
  children: ComponentChildren;
}) {
  return (
    <div class={wide ? 'all' : ''}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A word about what stands before it. */
export function Tag({ children }: { children: ComponentChildren }) {
  return (
    <>
      {' '}
      <span class="tag">{children}</span>
    </>
  );
}
