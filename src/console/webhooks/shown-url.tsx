/** How much of the end stays visible where a URL has to be cut in its middle. */
const ending = 12;

/** Where a URL may be cut: a masked one before its last characters, a short one not at all. */
function splitUrl(url: string): [string, string] {
  const masked = url.lastIndexOf('…');
  if (masked >= 0) return [url.slice(0, masked + 1), url.slice(masked + 1)];
  return url.length <= ending * 2 ? [url, ''] : [url.slice(0, -ending), url.slice(-ending)];
}

interface ShownUrlProps {
  /** By `displayUrl`. */
  url: string;
  dimmed?: boolean;
}

/** A URL: in a table in one line, cut in its middle (both ends tell URLs apart), on a card in two. */
export function ShownUrl({ url, dimmed = false }: ShownUrlProps) {
  const [start, end] = splitUrl(url);
  return (
    <span title={url} className={`min-w-0 font-medium ${dimmed ? 'text-muted' : ''}`}>
      <span className="sr-only">{url}</span>
      <span aria-hidden className="line-clamp-2 wrap-anywhere @4xl:hidden">
        {url}
      </span>
      <span aria-hidden className="hidden min-w-0 @4xl:flex">
        <span className="truncate">{start}</span>
        <span className="shrink-0 whitespace-pre">{end}</span>
      </span>
    </span>
  );
}
