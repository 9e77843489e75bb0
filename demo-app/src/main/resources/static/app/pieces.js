/* Elements shared by the pages. */
import { h, watchEffect } from "./vue.js";
import { shop } from "./addresses.js";
import { state } from "./state.js";
import { t } from "./texts.js";

export const title = (text) => watchEffect(() => (document.title = `${text()} · Onepage`));

export const heading = (text) => h("h1", { tabindex: -1 }, text);

export const alert = (text) => text && h("p", { class: "alert", role: "alert" }, text);

export const done = (text) => text && h("p", { class: "done", role: "status" }, text);

export function avatar(name, url, size) {
  const picture = url && h("img", { src: url, alt: "", referrerpolicy: "no-referrer" });
  return h("span", { class: ["avatar", size], "aria-hidden": "true" }, [[...(name || "Q")][0], picture]);
}

export const spinner = () => h("span", { class: "spinner", "aria-hidden": "true" });

export const qqButton = (attributes, text) =>
  h("button", { type: "button", class: "button qq", ...attributes }, [
    h("span", { class: "mark", "aria-hidden": "true" }, "Q"),
    h("span", text),
  ]);

export const submit = (form, text) =>
  h("button", { type: "submit", class: "button", "aria-disabled": form.busy || null }, [form.busy && spinner(), text]);

export const remember = (form) =>
  h("label", { class: "check" }, [
    h("input", {
      type: "checkbox",
      name: "remember-me",
      checked: form.remember,
      onChange: (event) => (form.remember = event.target.checked),
    }),
    " ",
    h("span", t("login.remember-me")),
  ]);

/** Renders a field of a form with its error below. */
export function field(form, { name, label, type = "text", ...attributes }, beside, below) {
  const error = form.errors[name];
  const input = h("input", {
    id: name,
    name,
    type,
    value: form[name],
    onInput: (event) => (form[name] = event.target.value),
    "aria-invalid": error ? "true" : null,
    "aria-describedby": error ? `${name}-error` : null,
    ...attributes,
  });
  return h("div", { class: "field" }, [
    h("label", { for: name }, label),
    beside ? h("div", { class: "beside" }, [input, beside]) : input,
    error && h("p", { class: "field-error", id: `${name}-error` }, error),
    below,
  ]);
}

/** Splits the label of a consent at the labels of its links, which open in a new tab. */
function withLinks(label, links) {
  return links.reduce(
    (parts, { label: text, href }) =>
      parts.flatMap((part) => {
        const at = typeof part === "string" ? part.indexOf(text) : -1;
        return at < 0
          ? [part]
          : [part.slice(0, at), h("a", { href, target: "_blank", rel: "noopener" }, text), part.slice(at + text.length)];
      }),
    [label],
  );
}

/** Renders a consent with its error below. */
export function consent(form, { name, label, links }) {
  const error = form.errors[name];
  const input = h("input", {
    type: "checkbox",
    id: name,
    name,
    required: true,
    checked: form[name] === true,
    onChange: (event) => (form[name] = event.target.checked),
    "aria-invalid": error ? "true" : null,
    "aria-describedby": error ? `${name}-error` : null,
  });
  return h("div", { class: "field" }, [
    h("label", { class: "check" }, [input, " ", h("span", withLinks(label, links))]),
    error && h("p", { class: "field-error", id: `${name}-error` }, error),
  ]);
}

/** Renders the captcha if the server requires one. */
export function captcha(form) {
  if (!state.captcha) {
    return null;
  }
  const picture = h("img", {
    class: "captcha",
    src: shop(`captcha.png?${state.picture}`),
    alt: t("captcha.alt"),
    width: 150,
    height: 46,
  });
  const another = () => {
    state.picture += 1;
    form.captcha = "";
  };
  return field(
    form,
    { name: "captcha", label: t("captcha.label"), maxlength: 8, autocomplete: "off", spellcheck: "false" },
    picture,
    h("p", { class: "field-hint" }, h("button", { type: "button", class: "link", onClick: another }, t("captcha.again"))),
  );
}
