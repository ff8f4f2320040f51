import { useEffect, useRef, useState } from 'react';

/** How long a text must stand before it is read out: nobody wants to hear each keystroke's. */
const rest = 1000;

interface PoliteStatusProps {
  /** null while it is not known; empty if there is nothing to say. */
  text: string | null;
  /** Reads out also what it says at first: it has come with what has happened. */
  fromFirst?: boolean;
}

/**
 * Reads a text out to screen readers when it has changed and come to rest, without interrupting.
 * What it says at first is not read out: nothing has changed. Not to be seen. It stands in the page
 * before what it has to say: what appears together with its text is mostly passed over.
 */
export function PoliteStatus({ text, fromFirst = false }: PoliteStatusProps) {
  const [said, setSaid] = useState('');
  const first = useRef<string | null>(fromFirst ? '' : null);
  useEffect(() => {
    first.current ??= text;
    if (text === null || (text === first.current && said === '')) return undefined;
    const timer = setTimeout(() => setSaid(text), rest);
    return () => clearTimeout(timer);
  }, [text, said]);
  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  );
}
