/* The words of the shop in the language of the browser, from the server's own messages. */
import { shop } from "./addresses.js";

export const language = document.documentElement.lang;

let texts = {};

export async function loadTexts() {
  const response = await fetch(shop("app/api/texts"));
  texts = await response.json();
}

export function t(key, ...values) {
  return (texts[key] ?? key).replace(/\{(\d)\}/g, (whole, number) => values[number] ?? whole);
}

const dayFormat = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "long" });

/** A day, or the word for today. */
export function day(time) {
  const text = dayFormat.format(new Date(time));
  return text === dayFormat.format(new Date()) ? t("app.today") : text;
}
