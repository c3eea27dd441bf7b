/* The policy desk, live: the check follows the writing, and a replay tells how far it is. */
(function () {
  "use strict";

  const QUIET = 700; // ms without a keystroke before the check is asked for
  const EVERY = 1000; // ms between two looks at a replay

  const form = document.querySelector("form[data-check]");
  const panel = document.getElementById("check");
  let waiting = 0;
  let asked = 0;

  function remembered() {
    const open = [...panel.querySelectorAll("details[open]")].map((one) => one.id);
    const taken = [...panel.querySelectorAll("input:checked")].map((one) => one.id);
    return function () {
      open.forEach((id) => { const one = document.getElementById(id); if (one) { one.open = true; } });
      taken.forEach((id) => { const one = document.getElementById(id); if (one) { one.checked = true; } });
    };
  }

  async function check() {
    const mine = asked += 1;
    const answer = await fetch(form.dataset.check, { method: "POST", body: new FormData(form) });
    const text = await answer.text();
    // What was written since is asked for already; a redirect leads to the login.
    if (!answer.ok || answer.redirected || mine !== asked) { return; }
    const restore = remembered();
    panel.replaceChildren(document.createRange().createContextualFragment(text));
    restore();
    const told = document.getElementById("check-told");
    const state = document.getElementById("check-state").textContent.trim();
    if (told.textContent !== state) { told.textContent = state; }
  }

  function showLine(link) {
    const area = document.getElementById(link.hash.slice(1));
    const lines = area.value.split("\n");
    const line = Math.min(Number(link.dataset.line), lines.length) - 1;
    const start = lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0);
    area.focus();
    area.setSelectionRange(start, start + lines[line].length);
    area.scrollTop = (area.scrollHeight / lines.length) * Math.max(0, line - 3);
  }

  function checkSoon() {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(() => check().catch(() => {}), QUIET); // offline: the button is there
  }

  if (form) {
    const areas = [...form.querySelectorAll("textarea")];
    form.addEventListener("input", function (event) {
      if (areas.includes(event.target)) { checkSoon(); }
    });
    // Somebody may have been quicker than this script, or the browser has put a text back.
    if (areas.some((one) => one.value !== one.defaultValue)) { checkSoon(); }
    panel.addEventListener("click", function (event) {
      const link = event.target.closest("a[data-line]");
      if (link) { event.preventDefault(); showLine(link); }
    });
  }

  const running = document.querySelector("[data-progress]");

  async function look() {
    const answer = await fetch(running.dataset.progress);
    if (!answer.ok) { return; }
    const text = await answer.text();
    if (answer.headers.get("X-Replay-State") !== running.dataset.state) { window.location.reload(); return; }
    running.replaceChildren(document.createRange().createContextualFragment(text));
    window.setTimeout(() => look().catch(() => {}), EVERY);
  }

  if (running) { window.setTimeout(() => look().catch(() => {}), EVERY); }
}());
