// Links between the pages change the page without loading it anew; a link opened in a new tab is a plain link.
(() => {
  const STREAMLIT = {
    main: "[data-testid='stMain']",
    skipLink: "[data-testid='stSkipToContent']",
    textArea: "[data-testid='stTextArea']",
    textInput: "[data-testid='stTextInput']",
  }; // its inner names; those of the style sheets are in streamlit_names.css
  document.documentElement.lang = "LANGUAGE";
  const skip = document.querySelector(STREAMLIT.skipLink);
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
      document.querySelector(STREAMLIT.main)?.scrollTo(0, 0);
    }
    const copy = event.target.closest("button[data-copies-address]");
    if (copy) {
      const say = () => { copy.textContent = copy.dataset.done; };
      const ask = () => window.prompt(copy.dataset.ask, location.href);
      navigator.clipboard ? navigator.clipboard.writeText(location.href).then(say, ask) : ask();
    }
  });
  // A formula is worked out, and what is written in a story is kept, as soon as one stops writing: the same as Ctrl+Enter
  // in the field. In a list to choose from that would choose, so a story's lists are left alone.
  const pauses = [
    [".st-key-formula-editor textarea, .st-key-formula-editor input", 500],
    [`.st-key-contribute-form ${STREAMLIT.textArea} textarea, .st-key-contribute-form ${STREAMLIT.textInput} input`, 1200],
  ];
  let pause;
  document.addEventListener("input", (event) => {
    const [, milliseconds] = pauses.find(([fields]) => event.target.closest(fields)) ?? [];
    if (!milliseconds) return;
    clearTimeout(pause);
    const done = { key: "Enter", code: "Enter", keyCode: 13, ctrlKey: true, bubbles: true };
    pause = setTimeout(() => event.target.dispatchEvent(new KeyboardEvent("keydown", done)), milliseconds);
  });
})();
