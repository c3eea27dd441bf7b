/* The lane's keys: F8 passes, F9 refers, and a whole zone is sent as soon as the reader is quiet. */
(function () {
  "use strict";

  const QUIET = 180; // ms without a character: a reader that types is done
  const SHAPES = new Set(["3x30", "2x36", "2x44"]);
  const CARD = /^C[SD][A-Z][A-Z0-9]\d{7}[A-Z0-9<]{19}$/; // the card with one line: its number follows its code

  function shapeOf(text) {
    const lines = text.trim().split(/\s*\n\s*/);
    const same = lines.every((line) => line.length === lines[0].length);
    return same ? lines.length + "x" + lines[0].length : "";
  }

  function isWhole(text) {
    const oneLine = /\n$/.test(text) && CARD.test(text.trim().toUpperCase());
    return SHAPES.has(shapeOf(text)) || oneLine;
  }

  // A reader that types while the pass key has the focus must not press it with its Enter.
  function typesAhead(event) {
    const onKey = document.activeElement && document.activeElement.matches("button[data-key]");
    const plain = event.key.length === 1 && event.key !== " ";
    return onKey && plain && !event.ctrlKey && !event.altKey && !event.metaKey;
  }

  document.addEventListener("keydown", function (event) {
    if (typesAhead(event)) {
      const next = document.querySelector("form[data-scan] textarea");
      next.value = "";
      next.focus();
      return;
    }
    const key = document.querySelector('button[data-key="' + event.key + '"]');
    if (key && !event.repeat) {
      event.preventDefault();
      key.click();
    }
  });

  // Not by autofocus: before the guard above stands, a reader's Enter would press the key.
  const first = document.querySelector("button[data-focus]");
  if (first) { first.focus(); }

  const scan = document.querySelector("form[data-scan]");
  if (!scan) { return; }
  const field = scan.querySelector("textarea");
  let waiting = 0;

  function sendWhenWhole() {
    window.clearTimeout(waiting);
    if (isWhole(field.value) && field.value !== field.defaultValue) {
      const oneLine = !SHAPES.has(shapeOf(field.value));
      waiting = window.setTimeout(function () { scan.requestSubmit(); }, oneLine ? 4 * QUIET : QUIET);
    }
  }

  field.addEventListener("input", sendWhenWhole);
  sendWhenWhole(); // a reader may have been quicker than this script

  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (form.dataset.sent) { event.preventDefault(); return; } // a second press is the first one
    form.dataset.sent = "yes";
  });

  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  });
}());
