// Links between the pages change the page without loading it anew; a link opened in a new tab is a plain link.
(() => {
  document.documentElement.lang = "LANGUAGE";
  const skip = document.querySelector("[data-testid='stSkipToContent']");
  if (skip) skip.textContent = SKIP;
  if (window.jamforListens) return;
  window.jamforListens = true;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-page]");
    const isPlain = !(event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (link && isPlain) {
      event.preventDefault();
      history.pushState({}, "", link.href);
      window.dispatchEvent(new PopStateEvent("popstate"));
      document.querySelector("[data-testid='stMain']")?.scrollTo(0, 0);
    }
    const copy = event.target.closest("button[data-copies-address]");
    if (copy) {
      const say = () => { copy.textContent = copy.dataset.done; };
      const ask = () => window.prompt(copy.dataset.ask, location.href);
      navigator.clipboard ? navigator.clipboard.writeText(location.href).then(say, ask) : ask();
    }
  });
  // A formula is worked out as soon as one stops writing: the same as Ctrl+Enter in the field.
  let pause;
  document.addEventListener("input", (event) => {
    const field = event.target.closest(".st-key-formula-editor textarea, .st-key-formula-editor input");
    if (!field) return;
    clearTimeout(pause);
    const done = { key: "Enter", code: "Enter", keyCode: 13, ctrlKey: true, bubbles: true };
    pause = setTimeout(() => field.dispatchEvent(new KeyboardEvent("keydown", done)), 500);
  });
})();
