// The page's address: it names the range and what else a link needs, in one entry of the history.

/**
 * Set or append parameters without a new entry.
 * @param {(params: URLSearchParams) => boolean} change whether it changed anything
 */
function rewrite(change) {
  const address = new URL(window.location.href);
  if (change(address.searchParams)) {
    window.history.replaceState(window.history.state, "", address);
  }
}

/** @param {string} parameter none when empty @param {string} text */
export function setRange(parameter, text) {
  if (!parameter) return;
  rewrite((params) => {
    params.set(parameter, text);
    return true;
  });
}

/**
 * Add what the address lacks of the whole view; what it names already stays.
 * @param {Record<string, string[]> | undefined} fill
 */
export function addMissing(fill) {
  rewrite((params) => {
    const lacking = Object.entries(fill ?? {}).filter(([name]) => !params.has(name));
    for (const [name, values] of lacking) {
      for (const value of values) params.append(name, value);
    }
    return lacking.length > 0;
  });
}
