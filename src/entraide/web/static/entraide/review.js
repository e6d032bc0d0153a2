// The keys of a review: they press what the open card shows, so they do nothing that a pointer could not.
// They can be switched off (WCAG 2.1.4), and rest while something is typed. Without a script every act is a form.
"use strict";
(() => {
  const KEPT = "entraide_review_keys";
  const on = () => localStorage.getItem(KEPT) !== "off";
  const said = (key) => document.querySelector(`.proposal-now [data-key="${key}"], [data-key="${key}"]`);

  function show() {
    for (const button of document.querySelectorAll("[data-keys-switch]")) {
      button.hidden = false;
      button.setAttribute("aria-pressed", String(on()));
    }
  }

  function reject(summary) {
    summary.parentElement.open = true;
    summary.parentElement.querySelector("input[type=text]").focus();
  }

  function press(key) {
    if (key === "?") {
      const keys = document.querySelector(".review-keys");
      if (keys) keys.open = !keys.open;
      return Boolean(keys);
    }
    const target = said(key);
    if (!target) return false;
    if (key === "x") reject(target);
    else target.click();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (!on() || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")) return;
    if (press(event.key.toLowerCase())) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-keys-switch]")) return;
    localStorage.setItem(KEPT, on() ? "off" : "on");
    show();
  });

  // After a decision the next card has the focus, or the error at its card.
  document.addEventListener("htmx:afterSettle", () => {
    show();
    const place = document.querySelector("#bench [role=alert]") ?? document.querySelector("#bench .proposal-now");
    if (!place) return;
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "nearest" });
  });

  // An answer that is no review, as the login page after a long pause, is shown as a page of its own.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (xhr.status < 400 && xhr.responseText.includes('id="bench"')) return;
    event.detail.shouldSwap = false;
    location.assign(xhr.status < 400 ? xhr.responseURL : location.pathname);
  });

  show();
})();
