/** How much of the end stays visible where a URL has to be cut in its middle. */
const ending = 14;

interface ShownUrlProps {
  /** By `displayUrl`. */
  url: string;
  dimmed?: boolean;
}

/** A URL in one line, cut in the middle where there is no room: both ends tell URLs apart. */
export function ShownUrl({ url, dimmed = false }: ShownUrlProps) {
  const short = url.length <= ending * 2;
  return (
    <span title={url} className={`flex min-w-0 font-medium ${dimmed ? 'text-muted' : ''}`}>
      <span className="sr-only">{url}</span>
      <span aria-hidden className="truncate">
        {short ? url : url.slice(0, -ending)}
      </span>
      {!short && (
        <span aria-hidden className="shrink-0 whitespace-pre">
          {url.slice(-ending)}
        </span>
      )}
    </span>
  );
}
