(() => {
  // Leaving a page breaks off what it still loads: nothing failed then, and nobody is left to tell.
  let leaving = false;
  addEventListener('pagehide', () => { leaving = true; });
  addEventListener('pageshow', () => { leaving = false; });
  // A download or a "stay here" ends nothing: the silence is over soon.
  addEventListener('beforeunload', () => { leaving = true; setTimeout(() => { leaving = false; }, 3000); });
  const brokenOff = (what) => leaving && (what?.name === 'AbortError' || /^(Failed to fetch|Load failed|NetworkError)/.test(what?.message));
  const look = (event) => {
    const what = event.error ?? event.reason;
    if (brokenOff(what)) return event.preventDefault();
    // The program trapped, or a piece of it did not come: an old tab after a deploy, or no network.
    const stopped = what instanceof WebAssembly.RuntimeError || /dynamically imported module|module script/i.test(what?.message);
    const bar = document.getElementById('page-stopped');
    if (stopped && bar) bar.hidden = false;
  };
  addEventListener('error', look);
  addEventListener('unhandledrejection', look);
})();
