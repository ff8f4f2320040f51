import { useEffect, useRef, useState } from 'react';

/** How long a text must stand before it is read out: nobody wants to hear each keystroke's. */
const rest = 1000;

/**
 * Reads a text out to screen readers when it has changed and come to rest, without interrupting.
 * What it says at first is not read out: nothing has changed. Not to be seen.
 *
 * @param text null while there is none.
 */
export function PoliteStatus({ text }: { text: string | null }) {
  const [said, setSaid] = useState('');
  const first = useRef<string | null>(null);
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
