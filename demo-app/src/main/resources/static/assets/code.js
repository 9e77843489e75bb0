"use strict";

/* Requests a code without leaving the page and counts down to the next one. */
for (const button of document.querySelectorAll("button[data-code]")) {
  const form = button.form;
  const status = form.querySelector("#code-status");
  const words = status.querySelector("span");
  const label = button.textContent;

  const countDown = (seconds) => {
    button.disabled = seconds > 0;
    button.textContent = seconds > 0 ? button.dataset.again.replace("{0}", String(seconds)) : label;
    if (seconds > 0) {
      setTimeout(countDown, 1000, seconds - 1);
    }
  };

  const showStatus = (text, failed) => {
    words.textContent = text;
    status.classList.toggle("field-error", failed);
    status.querySelector("a").hidden = failed;
  };

  const requestCode = async () => {
    const fields = new URLSearchParams();
    for (const name of ["_csrf", "mobile"]) {
      fields.set(name, form.elements[name].value);
    }
    const response = await fetch(button.dataset.code, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: fields,
    });
    if (!response.ok) {
      throw new Error(String(response.status));
    }
    return response.json();
  };

  button.addEventListener("click", async (event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      const result = await requestCode();
      showStatus(result.message, !result.sent);
      countDown(result.seconds);
    } catch {
      showStatus(button.dataset.failed, true);
      button.disabled = false;
    }
  });

  countDown(Number(button.dataset.seconds));
}
