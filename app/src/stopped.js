(() => {
  const look = (event) => {
    const what = event.error ?? event.reason;
    // The program trapped, or a piece of it did not come: an old tab after a deploy, or no network.
    const stopped = what instanceof WebAssembly.RuntimeError || /dynamically imported module|module script/i.test(what?.message);
    const bar = document.getElementById('page-stopped');
    if (stopped && bar) bar.hidden = false;
  };
  addEventListener('error', look);
  addEventListener('unhandledrejection', look);
})();
