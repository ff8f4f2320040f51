import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';

import { IconButton } from './button';
import { copyText } from './copy-text';
import { showToast } from './toast-store';

interface CopyButtonProps {
  /** Its accessible name: what it copies. */
  label: string;
  text: string;
  disabled?: boolean;
  className?: string;
}

export function CopyButton({ label, text, disabled = false, className = '' }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy() {
    if (await copyText(text)) setCopied(true);
    else showToast({ tone: 'error', title: 'Could not copy', detail: 'The browser forbids it.' });
  }

  return (
    <>
      <IconButton
        icon={copied ? Check : Copy}
        label={label}
        disabled={disabled}
        onClick={() => void copy()}
        className={`${copied ? 'text-success!' : ''} ${className}`}
      />
      <span role="status" className="sr-only">
        {copied ? 'Copied' : ''}
      </span>
    </>
  );
}
