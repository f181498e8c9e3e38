// The page's address: it names the range and what else a link needs, in one entry of the history.

/** Set or append parameters without a new entry. */
function rewrite(change) {
  const address = new URL(window.location.href);
  if (change(address.searchParams) === false) return;
  window.history.replaceState(window.history.state, "", address);
}

export function nameRange(parameter, text) {
  if (parameter) rewrite((params) => params.set(parameter, text));
}

/** What the address lacks of the whole view; what it names already stays. */
export function complete(fill) {
  rewrite((params) => {
    const lacking = Object.entries(fill ?? {}).filter(([name]) => !params.has(name));
    if (!lacking.length) return false;
    for (const [name, values] of lacking) {
      for (const value of values) params.append(name, value);
    }
    return true;
  });
}
