// What the network did not answer is asked again: soon at first, then ever more seldom.
const SOON = 1000, OFTEN = 15000, SELDOM = 60000, PATIENCE = 5000;

// Milliseconds to wait after so many failures in a row.
export function pause(failures, most = OFTEN) {
  return Math.min(SOON * 2 ** failures, most);
}

// Acts once, when the server answers. A phone says that its network is back before it is, or said
// so before anybody listened, so it is not only listened to. Where it failed before, it waits first.
export function whenAnswered(act, failures = 0) {
  const heard = new AbortController(), { signal } = heard;
  let timer, isAsking;
  const later = () => { timer = setTimeout(ask, pause(failures++, SELDOM)); };
  const afresh = () => {
    failures = 0;
    ask();
  };
  async function ask() {
    clearTimeout(timer);
    if (isAsking || signal.aborted) return;
    isAsking = true;
    try {
      await fetch(location.pathname, { method: "HEAD", redirect: "manual", cache: "no-store",
        signal: AbortSignal.timeout?.(PATIENCE) });
      heard.abort();
    } catch {
      later();
    }
    isAsking = false;
    if (signal.aborted) act();
  }
  addEventListener("online", afresh, { signal });
  document.addEventListener("visibilitychange", () => document.hidden || afresh(), { signal });
  if (failures) later();
  else ask();
}
