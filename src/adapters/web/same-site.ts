/**
 * Whether a request comes from a page of another site. Browsers say so in `Sec-Fetch-Site`, which no page can forge, or,
 * on plain http, in `Origin`. A request with neither comes from no browser, so it carries nobody's cookie by accident.
 */
export function isCrossSite(header: (name: string) => string | undefined): boolean {
  const site = header('sec-fetch-site');
  if (site !== undefined) return site !== 'same-origin';
  const origin = header('origin');
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== normalHost(header('host') ?? '');
}

/** As a URL spells it: lower case, without the default port. */
function normalHost(host: string): string {
  const url = `http://${host}`;
  return URL.canParse(url) ? new URL(url).host : host;
}
